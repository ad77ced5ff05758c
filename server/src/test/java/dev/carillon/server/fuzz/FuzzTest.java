// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fuzzes all that reads what the network sends. Always: the seeds, what can be made of them by cutting and doubling, and a short run of Jazzer over
 * all targets, bounded by a number and not by time. With {@code -Dcarillon.fuzz.seconds=N}: Jazzer for so long on each target
 * ({@code bench/fuzz.sh}), with a corpus that is kept in {@code target/fuzz}.
 */
class FuzzTest {
    private static final int RUNS = 3_000;
    private static final int LONGEST = 4096;
    private static final int PATIENCE_SECONDS = 300;

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> seedsHold() {
        return Arrays.stream(FuzzTarget.values())
                .map(target -> DynamicTest.dynamicTest(target.name(), () -> {
                    for (byte[] seed : target.seeds()) {
                        target.check(seed);
                        for (byte[] changed : changed(seed)) {
                            target.check(changed);
                        }
                    }
                    target.check(new byte[0]);
                }));
    }

    /** Each beginning, and some with a byte changed, left out or doubled. */
    private static List<byte[]> changed(byte[] seed) {
        Random random = new Random(seed.length);
        List<byte[]> all = new ArrayList<>();
        for (int at = 0; at < seed.length; at++) {
            all.add(Arrays.copyOf(seed, at));
            byte[] other = seed.clone();
            other[at] = (byte) random.nextInt(256);
            all.add(other);
            byte[] without = Arrays.copyOf(seed, seed.length - 1);
            System.arraycopy(seed, at + 1, without, at, seed.length - at - 1);
            all.add(without);
        }
        return all;
    }

    @Test
    void jazzerFindsNothing() throws Exception {
        assumeTrue(hasJazzer(), "Jazzer has no native library for this machine");
        int seconds = Integer.getInteger("carillon.fuzz.seconds", 0);
        if (seconds == 0) {
            run("", folder.resolve("corpus"), "-runs=" + RUNS, PATIENCE_SECONDS);
            return;
        }
        for (FuzzTarget target : FuzzTarget.values()) {
            Path corpus = Path.of("target", "fuzz", target.name()).toAbsolutePath();
            run(target.name(), corpus, "-max_total_time=" + seconds, seconds + PATIENCE_SECONDS);
        }
    }

    private static boolean hasJazzer() {
        String os = System.getProperty("os.name", "");
        String processor = System.getProperty("os.arch", "");
        return (os.equals("Linux") && processor.equals("amd64")) || os.startsWith("Mac");
    }

    private void run(String target, Path corpus, String bound, int patienceSeconds) throws Exception {
        seed(target, corpus);
        Path log = folder.resolve("jazzer" + target + ".log");
        Process jazzer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+EnableDynamicAgentLoading",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dcarillon.fuzz.target=" + target,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", "")),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + Fuzzer.class.getName(),
                        "--instrumentation_includes=dev.carillon.**",
                        "--custom_hook_includes=dev.carillon.**",
                        "--reproducer_path=" + folder,
                        "-artifact_prefix=" + folder + "/",
                        "-seed=1",
                        "-max_len=" + LONGEST,
                        "-timeout=60",
                        "-rss_limit_mb=4096",
                        bound,
                        corpus.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(jazzer.waitFor(patienceSeconds, TimeUnit.SECONDS)).isTrue();
        } finally {
            jazzer.destroyForcibly();
        }
        assertThat(jazzer.exitValue()).as(end(log)).isZero();
        assertThat(Files.readString(log, UTF_8)).contains("Done ");
    }

    /** The last of what it said: the input that broke something, and how. */
    private static String end(Path log) throws IOException {
        String text = Files.readString(log, UTF_8);
        return text.substring(Math.max(0, text.length() - 6000));
    }

    private static void seed(String only, Path corpus) throws IOException {
        Files.createDirectories(corpus);
        for (FuzzTarget target : FuzzTarget.values()) {
            if (!only.isEmpty() && !only.equals(target.name())) {
                continue;
            }
            for (int i = 0; i < target.seeds().size(); i++) {
                byte[] seed = target.seeds().get(i);
                byte[] input = seed;
                if (only.isEmpty()) {
                    input = new byte[seed.length + 1];
                    input[0] = (byte) List.of(FuzzTarget.values()).indexOf(target);
                    System.arraycopy(seed, 0, input, 1, seed.length);
                }
                Files.write(corpus.resolve(target.name() + "-" + i), input);
            }
        }
    }
}
