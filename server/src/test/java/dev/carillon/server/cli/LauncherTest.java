// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** bin/carillon with JDKs that are shell scripts: which one it takes, and what it passes. */
class LauncherTest {
    private static final List<String> TOOLS = List.of(
            "cat",
            "cksum",
            "dirname",
            "getconf",
            "mkdir",
            "mv",
            "nproc",
            "readlink",
            "rm",
            "sh",
            "sleep",
            "stat",
            "sysctl");

    @TempDir
    Path folder;

    private Path program;
    private Path tools;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void setUp() throws IOException {
        // The space is on purpose.
        program = Files.createDirectories(folder.resolve("the program"));
        Files.createDirectories(program.resolve("bin"));
        for (String script : List.of("carillon", "jdk.sh")) {
            Files.copy(
                    Path.of("..", "bin", script),
                    program.resolve("bin").resolve(script),
                    java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.createDirectories(program.resolve("server/target"));
        Files.writeString(program.resolve("server/target/carillon.jar"), "a jar");
        // A PATH with no java of the machine.
        tools = Files.createDirectories(folder.resolve("tools"));
        for (String tool : TOOLS) {
            for (String place : List.of("/usr/bin", "/bin", "/usr/sbin")) {
                Path real = Path.of(place, tool);
                if (Files.exists(real)) {
                    script(tools.resolve(tool), "#!/bin/sh\nexec " + real + " \"$@\"\n");
                    break;
                }
            }
        }
        Path home = Files.createDirectories(folder.resolve("home"));
        environment.putAll(Map.of(
                "PATH", tools.toString(),
                "HOME", home.toString(),
                "JAVA_HOME", "",
                "XDG_CACHE_HOME", "",
                "JDK_SEARCH_ROOT", folder.resolve("machine").toString()));
    }

    /** A JDK that prints its name and its arguments, one a line, and records what it is asked to. */
    private Path jdk(String name, String version) throws IOException {
        Path home = Files.createDirectories(folder.resolve(name));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\nOS=\"y\"\n");
        script(home.resolve("bin/java"), """
                #!/bin/sh
                echo "%s"
                for argument; do
                    echo "[$argument]"
                    case $argument in
                        -XX:AOTCacheOutput=*) [ -n "${NO_AOT:-}" ] && exit 1; : >"${argument#*=}" ;;
                    esac
                done
                """.formatted(name));
        return home;
    }

    private static void script(Path file, String text) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Run run(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(program.resolve("bin/carillon").toString()));
        command.addAll(List.of(arguments));
        return Run.of(folder, environment, command);
    }

    @Test
    void javaHomeIsTakenWhenItIsNewEnough() throws Exception {
        environment.put("JAVA_HOME", jdk("named", "25.0.3").toString());
        jdk("machine/usr/lib/jvm/other", "25.0.1");
        Run run = run("account", "show", "a b");

        assertThat(run.code()).isZero();
        assertThat(run.out()).startsWith("named\n").endsWith("[account]\n[show]\n[a b]\n");
        assertThat(run.out()).contains("[-jar]\n[" + program.toRealPath() + "/server/target/carillon.jar]\n");
    }

    @Test
    void elseJavaOnThePath() throws Exception {
        environment.put("JAVA_HOME", jdk("old", "17.0.9").toString());
        Files.createSymbolicLink(tools.resolve("java"), jdk("linked", "26").resolve("bin/java"));
        assertThat(run("version").out()).startsWith("linked\n");
    }

    @Test
    void elseTheUsualPlaces() throws Exception {
        Files.createSymbolicLink(tools.resolve("java"), jdk("old", "21.0.2").resolve("bin/java"));
        jdk("home/.sdkman/candidates/java/25-tem", "25");
        assertThat(run("version").out()).startsWith("home/.sdkman/candidates/java/25-tem\n");
        jdk("machine/opt/jdk", "25.0.1");
        assertThat(run("version").out()).startsWith("machine/opt/jdk\n");
        jdk("machine/usr/lib/jvm/a-17", "17.0.1");
        jdk("machine/usr/lib/jvm/b-25", "25.0.1");
        assertThat(run("version").out()).startsWith("machine/usr/lib/jvm/b-25\n");
    }

    @Test
    void withNoneItSaysWhatItTried() throws Exception {
        environment.put("JAVA_HOME", jdk("old", "17.0.9").toString());
        Files.createSymbolicLink(
                tools.resolve("java"), jdk("older", "1.8.0_392").resolve("bin/java"));
        Run run = run("serve");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("needs a JDK 25 or newer")
                .contains("JAVA_HOME=" + folder.resolve("old") + " (Java 17.0.9)")
                .contains("java on the PATH: " + tools.resolve("java") + " (Java 1.8.0_392)")
                .contains("/usr/lib/jvm/*");
    }

    @Test
    void itWorksThroughALink() throws Exception {
        environment.put("JAVA_HOME", jdk("named", "25").toString());
        Path first = Files.createSymbolicLink(folder.resolve("first"), Path.of("the program/bin/carillon"));
        Path second = Files.createSymbolicLink(folder.resolve("second"), first);
        Run run = Run.of(folder, environment, List.of(second.toString(), "version"));
        assertThat(run.out()).contains(program.toRealPath() + "/server/target/carillon.jar");
    }

    @Test
    void theCacheIsMadeOnce() throws Exception {
        environment.put("JAVA_HOME", jdk("named", "25").toString());
        Run first = run("serve");
        assertThat(first.err()).contains("preparing the fast start");
        assertThat(first.out()).contains("[-XX:AOTCache=" + program.toRealPath() + "/server/target/aot/");
        Run second = run("serve");
        assertThat(second.err()).isEmpty();
        assertThat(second.out()).isEqualTo(first.out());
    }

    @Test
    void aCacheThatCannotBeMadeIsDoneWithout() throws Exception {
        environment.put("JAVA_HOME", jdk("named", "25").toString());
        environment.put("NO_AOT", "1");
        Run first = run("serve");
        assertThat(first.code()).isZero();
        assertThat(first.err()).contains("starting without");
        assertThat(first.out()).doesNotContain("AOTCache").endsWith("[serve]\n");
        // And not tried each time.
        assertThat(run("serve").err()).isEmpty();
    }

    @Test
    void javaOptionsOfTheOperatorReplaceOurs() throws Exception {
        environment.put("JAVA_HOME", jdk("named", "25").toString());
        environment.put("CARILLON_JAVA_OPTS", "-XX:+UseParallelGC -Xmx2g");
        assertThat(run("serve").out())
                .contains("[-XX:+UseParallelGC]", "[-Xmx2g]", "[-XX:+UseCompactObjectHeaders]")
                .doesNotContain("[-XX:+UseSerialGC]", "[-XX:+UseG1GC]", "[-XX:+UseZGC]", "[-Xmx512m]");
    }

    @Test
    void itBuildsWhenThereIsNoBuild() throws Exception {
        Path home = jdk("named", "25");
        environment.put("JAVA_HOME", home.toString());
        Files.delete(program.resolve("server/target/carillon.jar"));
        assertThat(run("version").err()).contains("needs Maven (mvn)");

        script(tools.resolve("mvn"), """
                #!/bin/sh
                echo "mvn with $JAVA_HOME: $*"
                : >server/target/carillon.jar
                """);
        assertThat(run("version").err()).contains("needs a JDK 25 or newer with bin/javac");

        script(home.resolve("bin/javac"), "#!/bin/sh\n");
        Run run = run("version");
        assertThat(run.code()).isZero();
        assertThat(run.out()).startsWith("named\n");
        assertThat(run.err()).contains("no build yet").contains("mvn with " + home + ": -q -B -ntp -DskipTests");
        assertThat(run("version").err()).isEmpty();
    }

    @Test
    void aBuildThatFailsIsSaid() throws Exception {
        Path home = jdk("named", "25");
        environment.put("JAVA_HOME", home.toString());
        script(home.resolve("bin/javac"), "#!/bin/sh\n");
        script(tools.resolve("mvn"), "#!/bin/sh\nexit 1\n");
        Files.delete(program.resolve("server/target/carillon.jar"));
        Run run = run("version");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("the build failed");
        assertThat(program.resolve("server/target/.build-lock")).doesNotExist();
    }
}
