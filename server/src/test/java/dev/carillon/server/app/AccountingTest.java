// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.carillon.server.cli.Program;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code price} and {@code balance} on a real store. */
class AccountingTest {
    @TempDir
    Path folder;

    private String account = "";

    private record Result(int code, String out, String err) {
        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(out);
        }
    }

    @BeforeEach
    void account() throws IOException {
        account = run("account", "create", "--name", "Acme", "--json")
                .json()
                .path("customer_uuid")
                .asText();
    }

    @Test
    void pricesAreImportedChangedAndCleared() throws IOException {
        assertThat(run("price", "list", account).out()).isEqualTo("No prices: nothing is charged.\n");
        Path file = Files.writeString(folder.resolve("prices.csv"), "item,country,price\nmessage,FR,0.045 EUR\n");
        assertThat(run("price", "import", account, file.toString()).out()).isEqualTo("1 prices are set.\n");
        assertThat(run("price", "set", account, "verification", "0.009 EUR").code())
                .isZero();
        assertThat(run("price", "list", account).out()).isEqualTo("""
                        item,channel,country,network,price,charge
                        message,,FR,,0.045 EUR,
                        verification,,,,0.009 EUR,
                        """);
        assertThat(run("price", "set", account, "message", "1 USD").err())
                .contains("the other prices are in EUR: all must be in one currency");

        Files.writeString(file, "item,price\nmessage,1\nletter,1 EUR\n");
        Result wrong = run("price", "import", account, file.toString());
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.err())
                .contains("line 2: '1' is not a price, such as 0.0075 EUR")
                .contains("line 3: item: 'letter' is not verification or message");
        assertThat(run("price", "list", account, "--json").json().path("prices"))
                .as("as it was")
                .hasSize(2);
        assertThat(run("price", "clear", account).code()).isZero();
        assertThat(run("price", "list", account).out()).startsWith("No prices");
    }

    @Test
    void moneyIsCreditedAndTakenBack() throws IOException {
        assertThat(run("balance", "topup", account, "5").err()).contains("the account has no prices");
        assertThat(run("price", "set", account, "message", "0.05 EUR").code()).isZero();
        assertThat(run("balance", "topup", account, "5 USD").err()).contains("the account's currency is EUR");
        assertThat(run("balance", "topup", account, "100.5", "--note", "invoice 7")
                        .out())
                .startsWith("balance   100.5 EUR, not limited\n");
        JsonNode balance =
                run("balance", "topup", account, "--json", "--", "-0.000001").json();
        assertThat(balance.path("balance").asText()).isEqualTo("100.499999");
        assertThat(balance.path("currency").asText()).isEqualTo("EUR");

        assertThat(run("balance", "history", account, "--json").json().findValuesAsText("balance"))
                .containsExactly("-0.000001", "100.5");
        assertThat(run("balance", "history", account).out()).contains("invoice 7");
        assertThat(run("balance", "verify").out()).isEqualTo("The books of 1 account are right.\n");

        Path file = Files.writeString(folder.resolve("prices.csv"), "item,price\nmessage,1 USD\n");
        assertThat(run("price", "import", account, file.toString()).err()).contains("the account's books are in EUR");
        assertThat(run("balance", "topup", account, "999999999999").code()).isZero();
        assertThat(run("balance", "topup", account, "1e9").code()).isEqualTo(2);
        assertThat(run("balance", "topup", account, "0").code()).isEqualTo(2);
    }

    private Result run(String... words) {
        List<String> arguments = new ArrayList<>(List.of(words));
        int end = arguments.indexOf("--");
        arguments.addAll(
                end < 0 ? arguments.size() : end,
                List.of("--data", folder.resolve("data").toString()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Program.run(
                arguments,
                new LiveWiring(),
                Map.of(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
