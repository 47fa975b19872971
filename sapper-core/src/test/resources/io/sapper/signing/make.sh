#!/bin/sh
# Makes these files anew: needs openssl 3 and Python with model-signing and pyOpenSSL.
#   PYTHON=python3 sh make.sh FOLDER
set -e
out=${1:?folder}
python=${PYTHON:-python3}
sign="$python -m model_signing sign"
mkdir -p "$out/keys" "$out/bundles" "$out/folder/config"
cd "$out"

printf 'weights of a small model\n' > folder/model.bin
printf '{"classes": 3}\n' > folder/config/classes.json
printf 'a name with blanks\n' > 'folder/config/a name.txt'
printf 'a point sorts before a slash\n' > folder/config.txt
printf 'one file that is a model\n' > single.bin

for curve in p256:prime256v1 p384:secp384r1 p521:secp521r1 k256:secp256k1; do
    name=${curve%%:*}
    openssl ecparam -name "${curve##*:}" -genkey -out "keys/$name.sec1.pem"
    openssl pkcs8 -topk8 -nocrypt -in "keys/$name.sec1.pem" -out "keys/$name.pem"
    openssl pkey -in "keys/$name.pem" -pubout -out "keys/$name.pub.pem"
done
openssl pkcs8 -topk8 -in keys/p256.sec1.pem -passout pass:sesame -out keys/p256.encrypted.pem
openssl ec -in keys/p256.sec1.pem -aes256 -passout pass:sesame -out keys/p256.encrypted-sec1.pem 2> /dev/null
openssl genrsa -out keys/rsa.pem 2048 2> /dev/null
openssl pkey -in keys/rsa.pem -pubout -out keys/rsa.pub.pem
openssl genpkey -algorithm ed25519 -out keys/ed25519.pem
openssl pkey -in keys/ed25519.pem -pubout -out keys/ed25519.pub.pem

# certificates: from 2020, for 100 years unless said otherwise
mkdir ca && : > ca/index.txt && echo 01 > ca/serial
cat > ca/ca.cnf <<'CNF'
[ca]
default_ca = d
[d]
database = ca/index.txt
serial = ca/serial
new_certs_dir = ca
default_md = sha256
policy = p
unique_subject = no
[p]
organizationName = supplied
commonName = supplied
[req]
distinguished_name = n
[n]
[authority]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[leaf]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,codeSigning
subjectAltName = email:models@example.org,URI:https://example.org/models
[coder]
basicConstraints = CA:false
extendedKeyUsage = codeSigning
[server]
basicConstraints = CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = DNS:www.example.org
[bare]
basicConstraints = CA:false
keyUsage = critical,keyEncipherment
CNF
# certify NAME KEY CN SECTION ISSUER(-selfsign or name) END
certify() {
    openssl req -new -key "$2" -subj "/O=Example/CN=$3" -config ca/ca.cnf -out ca/r.csr
    if [ "$5" = self ]; then issuer="-selfsign -keyfile $2"; else issuer="-cert keys/$5.crt -keyfile keys/$5.pem"; fi
    openssl ca -batch -notext -config ca/ca.cnf $issuer -extensions "$4" -startdate 20200101000000Z \
        -enddate "${6:-21200101000000Z}" -in ca/r.csr -out "keys/$1.crt" 2> /dev/null
}
for name in root other middle; do
    openssl genpkey -algorithm ec -pkeyopt ec_paramgen_curve:P-384 -out "keys/$name.pem"
done
certify root keys/root.pem 'Example root' authority self
certify other keys/other.pem 'Another root' authority self
certify middle keys/middle.pem 'Example models' authority root
certify leaf keys/p256.pem 'Model signer' leaf middle
certify coder keys/p256.pem 'Model coder' coder middle
certify server keys/p256.pem 'Server' server middle
certify bare keys/p256.pem 'Bare' bare middle
certify expired keys/p256.pem 'Model signer' leaf middle 20210101000000Z
certify undersigned keys/p256.pem 'Signed by a leaf' leaf leaf 2> /dev/null || {
    cp keys/p256.pem keys/leaf.pem
    certify undersigned keys/p384.pem 'Signed by a leaf' leaf leaf
    rm keys/leaf.pem
}
rm -r ca keys/middle.pem keys/root.pem keys/other.pem

for name in p256 p384 p521; do
    $sign key --private_key "keys/$name.pem" --signature "bundles/$name.sig" folder
done
$sign key --private_key keys/p256.pem --signature bundles/single.sig single.bin
for name in leaf coder server bare expired; do
    $sign certificate --private_key keys/p256.pem --signing_certificate "keys/$name.crt" \
        --certificate_chain keys/middle.crt --signature "bundles/$name.sig" folder
done
$sign certificate --private_key keys/p256.pem --signing_certificate keys/leaf.crt \
    --certificate_chain keys/middle.crt --certificate_chain keys/root.crt --signature bundles/with-root.sig folder
$sign certificate --private_key keys/p384.pem --signing_certificate keys/undersigned.crt \
    --certificate_chain keys/leaf.crt --certificate_chain keys/middle.crt --signature bundles/undersigned.sig folder
$python - <<'PY'
from model_signing import hashing, signing
def sign(name, config):
    signing.Config().use_elliptic_key_signer(private_key="keys/p256.pem").set_hashing_config(config).sign(
        "folder", f"bundles/{name}.sig")
sign("shards", hashing.Config().use_shard_serialization(shard_size=10))
sign("blake2b", hashing.Config().use_file_serialization(hashing_algorithm="blake2"))
sign("blake3", hashing.Config().use_file_serialization(hashing_algorithm="blake3"))
sign("links", hashing.Config().set_allow_symlinks(True))
sign("ignoring", hashing.Config().set_ignored_paths(paths=["config"], ignore_git_paths=False))
PY
