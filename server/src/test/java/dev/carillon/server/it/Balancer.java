// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** What stands before the nodes and gives work to those that say that they are ready. */
interface Balancer extends AutoCloseable {
    /** The ports of a node; they stay when it is started again. */
    record Place(int port, int adminPort) {
        static Place free() throws IOException {
            return new Place(freePort(), freePort());
        }

        boolean isReady() {
            try (Client client = new Client(URI.create("http://127.0.0.1:" + adminPort))) {
                return client.get("/health/ready", Map.of()).status() == 200;
            } catch (IOException e) {
                return false;
            }
        }
    }

    /** Where clients go. */
    URI address();

    /** Whether both nodes get work. */
    boolean hasBoth() throws IOException;

    @Override
    void close() throws IOException;

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /**
     * HAProxy with the configuration that operators are given, which reads HTTP. Its retries are switched off: they would hide what the
     * nodes do wrong.
     */
    final class HaProxy implements Balancer {
        private static final Path CONFIGURATION =
                Path.of(System.getProperty("carillon.bin"), "..", "deploy", "cluster", "haproxy-http.cfg");

        private final Process process;
        private final URI address;
        private final Place monitor;

        HaProxy(Path program, List<Place> nodes, Path folder) throws IOException {
            Place own = Place.free();
            this.address = URI.create("http://127.0.0.1:" + own.port());
            this.monitor = own;
            Path configuration = Files.writeString(
                    folder.resolve("haproxy.cfg"),
                    Files.readString(CONFIGURATION).replaceAll("(?m)^( *)retries .*$", "$1retries 0"));
            ProcessBuilder builder = new ProcessBuilder(program.toString(), "-db", "-f", configuration.toString());
            builder.environment()
                    .putAll(Map.of(
                            "HTTP_BIND", "127.0.0.1:" + own.port(),
                            "MONITOR_BIND", "127.0.0.1:" + own.adminPort(),
                            "CHECK_INTERVAL", "200ms",
                            "NODE1", "127.0.0.1:" + nodes.getFirst().port(),
                            "NODE1_ADMIN_PORT", "" + nodes.getFirst().adminPort(),
                            "NODE2", "127.0.0.1:" + nodes.getLast().port(),
                            "NODE2_ADMIN_PORT", "" + nodes.getLast().adminPort()));
            this.process = builder.redirectErrorStream(true)
                    .redirectOutput(folder.resolve("haproxy.log").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        }

        /** Where it is installed; empty: it is not. */
        static Optional<Path> program() {
            return Stream.concat(
                            Stream.of(System.getenv("PATH").split(":", -1)), Stream.of("/usr/sbin", "/usr/local/sbin"))
                    .map(folder -> Path.of(folder, "haproxy"))
                    .filter(Files::isExecutable)
                    .findFirst();
        }

        @Override
        public URI address() {
            return address;
        }

        @Override
        public boolean hasBoth() {
            try (Client client = new Client(URI.create("http://127.0.0.1:" + monitor.adminPort()))) {
                return client.get("/nodes", Map.of()).text().strip().equals("2");
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }

    /** Passes connections on as they are, in turns, and does not read HTTP: as Kubernetes and network load balancers do. */
    final class Passing implements Balancer {
        private final List<Place> nodes;
        private final ServerSocket listening = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        private final AtomicInteger turn = new AtomicInteger();
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        /** Those that were ready when they were last asked. */
        private volatile List<Place> ready = List.of();

        Passing(List<Place> nodes) throws IOException {
            this.nodes = nodes;
            threads.execute(this::look);
            threads.execute(this::accept);
        }

        @Override
        public URI address() {
            return URI.create("http://127.0.0.1:" + listening.getLocalPort());
        }

        @Override
        public boolean hasBoth() {
            return ready.size() == nodes.size();
        }

        private void look() {
            try {
                while (!listening.isClosed()) {
                    ready = nodes.stream().filter(Place::isReady).toList();
                    Thread.sleep(100);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void accept() {
            while (!listening.isClosed()) {
                try {
                    Socket client = listening.accept();
                    threads.execute(() -> pass(client));
                } catch (IOException e) {
                    return; // it was closed
                }
            }
        }

        private void pass(Socket client) {
            List<Place> to = ready;
            try (client;
                    Socket node = new Socket()) {
                node.connect(new InetSocketAddress(
                        InetAddress.getLoopbackAddress(),
                        to.get(turn.getAndIncrement() % to.size()).port()));
                node.setTcpNoDelay(true);
                client.setTcpNoDelay(true);
                threads.execute(() -> {
                    try {
                        client.getInputStream().transferTo(node.getOutputStream());
                        node.shutdownOutput();
                    } catch (IOException e) {
                        // The other direction notices.
                    }
                });
                node.getInputStream().transferTo(client.getOutputStream());
            } catch (IOException e) {
                // What the client makes of it is what the test looks at.
            }
        }

        @Override
        public void close() throws IOException {
            listening.close();
            threads.shutdownNow();
        }
    }
}
