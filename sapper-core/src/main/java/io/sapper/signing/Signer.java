package io.sapper.signing;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Whom a certificate is of, and whether it is for signing. */
record Signer(X509Certificate certificate) {
    private static final int DIGITAL_SIGNATURE = 0;
    private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
    private static final List<Integer> TEXTS = List.of(1, 2, 6); // mail address, DNS name, URI

    /** The names it may be known by: alternative names, then common names. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                alternatives.stream()
                        .filter(name -> TEXTS.contains(name.get(0)))
                        .forEach(name -> names.add(String.valueOf(name.get(1))));
            }
            for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    names.add(String.valueOf(part.getValue()));
                }
            }
        } catch (CertificateParsingException | InvalidNameException e) {
            names.clear(); // a name that cannot be read is nobody's
        }
        return names;
    }

    /**
     * Whether it may be used for signing, as the package model-signing looks at it: it says so under key usage (digital
     * signature), or under extended key usage (code signing).
     */
    boolean signs() {
        boolean[] usage = certificate.getKeyUsage();
        return (usage != null && usage[DIGITAL_SIGNATURE]) || purposes().contains(CODE_SIGNING);
    }

    /** Whether it is for other purposes and not for code. */
    boolean forOtherPurposes() {
        return !purposes().isEmpty() && !purposes().contains(CODE_SIGNING);
    }

    private List<String> purposes() {
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            return purposes == null ? List.of() : purposes;
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }
}
