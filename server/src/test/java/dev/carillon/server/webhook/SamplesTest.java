// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The samples of docs/webhooks.md verify what is sent, and nothing else; each where its language is installed. */
@Timeout(120)
class SamplesTest {
    private static final long NOW = 1_700_000_000;
    private static final UUID ID = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final String BODY = "{\"type\":\"attempt\",\"sender_id\":\"Acme\"}";
    private static final SigningSecret OLD = new SigningSecret("fedcba9876543210fedcba9876543210".getBytes(UTF_8));
    private static final SigningSecret NEW = new SigningSecret("0123456789abcdef0123456789abcdef".getBytes(UTF_8));

    /** By the new secret, the old one, another one; with another body; too early; too late. */
    private static final List<List<String>> CASES = List.of(
            arguments(NEW, BODY, NOW),
            arguments(OLD, BODY, NOW + 299),
            arguments(new SigningSecret(new byte[32]), BODY, NOW),
            arguments(NEW, BODY + " ", NOW),
            arguments(NEW, BODY, NOW - 301),
            arguments(NEW, BODY, NOW + 301));

    private static final List<String> EXPECTED = List.of("true", "true", "false", "false", "false", "false");

    @TempDir
    Path folder;

    private static List<String> arguments(SigningSecret known, String body, long now) {
        Map<String, String> headers =
                Signature.headers(List.of(NEW, OLD), ID, Instant.ofEpochSecond(NOW), BODY.getBytes(UTF_8));
        return List.of(
                known.text(),
                ID.toString(),
                headers.getOrDefault("webhook-timestamp", ""),
                headers.getOrDefault("webhook-signature", ""),
                body,
                Long.toString(now));
    }

    @Test
    void java() throws Exception {
        String program = sample("java").replace("final class WebhookVerifier {", """
                final class WebhookVerifier {
                    public static void main(String[] a) throws Exception {
                        for (int i = 0; i < a.length; i += 6) {
                            byte[] body = a[i + 4].getBytes("UTF-8");
                            long now = Long.parseLong(a[i + 5]);
                            System.out.println(isGenuine(a[i], a[i + 1], a[i + 2], a[i + 3], body, now));
                        }
                    }
                """);
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        verify("WebhookVerifier.java", program, List.of(java.toString()));
    }

    @Test
    void node() throws Exception {
        assumeTrue(isInstalled("node", "--version"), "node");
        verify("sample.js", sample("js") + """
                const all = process.argv.slice(2);
                while (all.length > 0) {
                  const [secret, id, timestamp, signatures, body, now] = all.splice(0, 6);
                  console.log(isGenuine(secret, id, timestamp, signatures, Buffer.from(body), Number(now)));
                }
                """, List.of("node"));
    }

    @Test
    void python() throws Exception {
        assumeTrue(isInstalled("python3", "--version"), "python3");
        verify("sample.py", sample("python") + """

                import sys
                for i in range(1, len(sys.argv), 6):
                    secret, id, timestamp, signatures, body, now = sys.argv[i : i + 6]
                    print(str(is_genuine(secret, id, timestamp, signatures, body.encode(), int(now))).lower())
                """, List.of("python3", "-X", "utf8"));
    }

    @Test
    void go() throws Exception {
        assumeTrue(isInstalled("go", "version"), "go");
        String program = sample("go")
                        .replace("package webhook", "package main")
                        .replace("\"strconv\"", "\"fmt\"\n\t\"os\"\n\t\"strconv\"")
                + """

                func main() {
                    for a := os.Args[1:]; len(a) > 0; a = a[6:] {
                        now, _ := strconv.ParseInt(a[5], 10, 64)
                        fmt.Println(IsGenuine(a[0], a[1], a[2], a[3], []byte(a[4]), now))
                    }
                }
                """;
        verify("sample.go", program, List.of("go", "run"));
    }

    private void verify(String name, String program, List<String> command) throws Exception {
        Path file = Files.writeString(folder.resolve(name), program);
        List<String> words = new ArrayList<>(command);
        words.add(file.toString());
        CASES.forEach(words::addAll);
        assertThat(run(words).lines()).containsExactlyElementsOf(EXPECTED);
    }

    /** The first block of a language. */
    private static String sample(String language) throws IOException {
        String page = Files.readString(page());
        String fence = "```" + language + "\n";
        int from = page.indexOf(fence) + fence.length();
        return page.substring(from, page.indexOf("```", from));
    }

    private static Path page() {
        Path here = Path.of("docs", "webhooks.md");
        return Files.exists(here) ? here : Path.of("..").resolve(here);
    }

    private String run(List<String> words) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("GOCACHE", folder.resolve("go-cache").toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return output.strip();
    }

    private static boolean isInstalled(String... words) {
        try {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
