package io.sapper.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * MNIST from a web server, gzipped, into memory: what breaks off leaves nothing behind.
 *
 * @param mirror folder, ending in a slash
 * @param timeout for each file, from start to end
 * @param proxies to go through
 */
record MirrorSource(URI mirror, Duration timeout, Proxies proxies) implements MnistSource {
    private static final int MOST_BYTES = 64 << 20; // the largest of the four is 47 MB even unpacked
    /** A proxy that takes the connection and then says nothing is not waited for as long as a slow download. */
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(20);

    @Override
    public String describe() {
        return mirror.toString();
    }

    @Override
    public Map<MnistFile, Contents> fetch(Listener listener) throws IOException {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(10))
                .followRedirects(HttpClient.Redirect.NORMAL);
        proxies.configure(builder, mirror);
        HttpClient client = builder.build();
        Map<MnistFile, Contents> files = new EnumMap<>(MnistFile.class);
        for (MnistFile file : MnistFile.values()) {
            String name = file.fileName() + ".gz";
            files.put(file, Contents.of(Path.of(name), download(client, name, listener)));
        }
        return files;
    }

    private byte[] download(HttpClient client, String name, Listener listener) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(mirror.resolve(name))
                .timeout(timeout.plusSeconds(5)) // later than ours, which says how long was waited
                .build();
        CompletableFuture<Void> begun = new CompletableFuture<>();
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, info -> {
            begun.complete(null);
            return collect(info, name, listener);
        });
        try {
            await(CompletableFuture.anyOf(begun, answer), least(timeout, FIRST_ANSWER), "no answer");
            HttpResponse<byte[]> response = await(answer, timeout, "not done");
            if (response.statusCode() == 407) {
                throw new IOException(name + ": the proxy asks for a user and password (407). Maybe give them in"
                        + " HTTPS_PROXY: http://USER:PASSWORD@HOST:PORT.");
            }
            if (response.statusCode() != 200) {
                throw new IOException(name + ": the server answered " + response.statusCode() + ".");
            }
            byte[] body = response.body();
            if (length(response.headers()) < 0) {
                listener.bytes(name, body.length, body.length); // only now is the total known
            }
            return body;
        } catch (TimeoutException e) {
            throw new IOException(name + ": " + e.getMessage() + proxies.blamed(mirror) + ".", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(name + ": " + reason(cause) + proxies.blamed(mirror) + ".", cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException(name + ": interrupted.").initCause(e);
        } finally {
            answer.cancel(true);
        }
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static <T> T await(CompletableFuture<T> what, Duration limit, String otherwise)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return what.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw (TimeoutException)
                    new TimeoutException(otherwise + " after " + limit.toMillis() / 1000.0 + " s").initCause(e);
        }
    }

    private static BodySubscriber<byte[]> collect(HttpResponse.ResponseInfo info, String name, Listener listener) {
        if (info.statusCode() != 200) {
            return BodySubscribers.replacing(new byte[0]); // an error page is not the file: nobody hears of its bytes
        }
        long total = length(info.headers());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BodySubscriber<Void> each = BodySubscribers.ofByteArrayConsumer(part -> part.ifPresent(some -> {
            if (bytes.size() + some.length > MOST_BYTES) {
                throw new IllegalStateException("more than " + MOST_BYTES + " bytes; this is not the file.");
            }
            bytes.writeBytes(some);
            listener.bytes(name, bytes.size(), total);
        }));
        return BodySubscribers.mapping(each, done -> bytes.toByteArray());
    }

    private static long length(HttpHeaders headers) {
        return headers.firstValueAsLong("Content-Length").orElse(-1);
    }

    private static String reason(Throwable cause) {
        if (cause.getCause() instanceof UnresolvedAddressException) {
            return "cannot connect (no host of that name is known)";
        }
        return cause.getMessage() == null
                ? "cannot connect (" + cause.getClass().getSimpleName() + ")"
                : cause.getMessage().replaceFirst("\\.$", "");
    }
}
