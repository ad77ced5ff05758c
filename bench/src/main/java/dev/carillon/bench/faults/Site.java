// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.carillon.bench.faults.Program.Start;
import dev.carillon.bench.history.Account;
import dev.carillon.bench.history.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A whole installation: a store, its nodes and one account that pays. One thread changes it; others may ask for its nodes. */
final class Site implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final Program program;
    private final Engine engine;
    private final Path folder;
    private final Optional<Postgres> postgres;
    private final Optional<Proxy> proxy;
    private final Map<String, String> settings;
    private final List<Server> servers = new ArrayList<>();
    private final List<Node> nodes = new CopyOnWriteArrayList<>();
    private Start how = Start.PLAIN;

    private Site(Program program, Engine engine, Path folder, Optional<Postgres> postgres, Optional<Proxy> proxy) {
        this.program = program;
        this.engine = engine;
        this.folder = folder;
        this.postgres = postgres;
        this.proxy = proxy;
        String data = folder.resolve("data").toString();
        this.settings = proxy.map(
                        open -> Map.of("CARILLON_DATA", data, "CARILLON_DATABASE_URL", Postgres.url(open.port())))
                .orElse(Map.of("CARILLON_DATA", data));
    }

    /**
     * Makes one in a folder, and starts it: one node on SQLite, two on PostgreSQL.
     *
     * @param postgresBin where PostgreSQL's programs are
     */
    static Site open(Program program, Engine engine, Path folder, Path postgresBin)
            throws IOException, InterruptedException {
        Optional<Postgres> postgres =
                engine == Engine.postgresql ? Optional.of(Postgres.create(postgresBin, folder)) : Optional.empty();
        Optional<Proxy> proxy =
                postgres.isPresent() ? Optional.of(Proxy.to(postgres.get().port())) : Optional.empty();
        Site site = new Site(program, engine, folder, postgres, proxy);
        for (int i = 0; i < (engine == Engine.sqlite ? 1 : 2); i++) {
            site.servers.add(site.serve(i));
        }
        site.tellNodes();
        return site;
    }

    /** An account of which nothing is refused but what the rules on a single number refuse, and that pays for everything. */
    Account createAccount() throws IOException, InterruptedException {
        JsonNode made = run("account", "create", "--name", "Faults", "--json");
        String id = made.path("customer_uuid").asText();
        run(
                "account",
                "set",
                id,
                "--limit",
                "account=off",
                "--limit",
                "block=off",
                "--limit",
                "number-hour=off",
                "--limit",
                "number-day=off",
                "--show-codes",
                "true",
                "--retry-after",
                "0s,0s,0s",
                "--json");
        run("price", "set", id, "verification", "0.009 EUR", "--json");
        run("price", "set", id, "message", "0.03 EUR", "--json");
        return new Account(id, made.path("api_key").asText());
    }

    /** A command of the command line that prints JSON; it must succeed. */
    JsonNode run(String... words) throws IOException, InterruptedException {
        return JSON.readTree(program.run(settings, words));
    }

    Engine engine() {
        return engine;
    }

    Path folder() {
        return folder;
    }

    Path data() {
        return folder.resolve("data");
    }

    Postgres postgres() {
        return postgres.orElseThrow();
    }

    Proxy proxy() {
        return proxy.orElseThrow();
    }

    /** How many nodes it has. */
    int size() {
        return servers.size();
    }

    /** Those that run. */
    List<Node> nodes() {
        return nodes;
    }

    Server server(int i) {
        return servers.get(i);
    }

    /** Kills a node. */
    void kill(int i) {
        servers.get(i).close();
        tellNodes();
    }

    /** Starts those that are not running. */
    void startNodes() throws IOException {
        for (int i = 0; i < servers.size(); i++) {
            if (!servers.get(i).isRunning()) {
                servers.set(i, serve(i));
                tellNodes();
            }
        }
    }

    /** From now on nodes are started in this way; those that were started in another are killed and started again. */
    void use(Start next) throws IOException {
        if (!how.equals(next)) {
            how = next;
            servers.forEach(Server::close);
            startNodes();
        }
    }

    private Server serve(int i) throws IOException {
        return program.serve(settings, how, log(i));
    }

    private Path log(int i) {
        return folder.resolve("node-" + (i + 1) + ".log");
    }

    /** What the nodes said last. */
    String logs() throws IOException {
        StringBuilder logs = new StringBuilder();
        for (int i = 0; i < servers.size(); i++) {
            List<String> lines = Files.readAllLines(log(i));
            logs.append(String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size())))
                    .append('\n');
        }
        return logs.toString();
    }

    private void tellNodes() {
        List<Node> running = new ArrayList<>();
        for (int i = 0; i < servers.size(); i++) {
            if (servers.get(i).isRunning()) {
                running.add(new Node("node-" + (i + 1), servers.get(i).api()));
            }
        }
        // Never empty in between: whoever asks sees those that were or those that are.
        nodes.removeIf(node -> !running.contains(node));
        nodes.addAll(running.stream().filter(node -> !nodes.contains(node)).toList());
    }

    @Override
    public void close() {
        servers.forEach(Server::close);
        proxy.ifPresent(Proxy::close);
        postgres.ifPresent(Postgres::close);
    }
}
