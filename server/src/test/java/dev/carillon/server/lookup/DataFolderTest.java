// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.account.Account;
import dev.carillon.core.account.Policy;
import dev.carillon.core.phone.Network;
import dev.carillon.core.phone.NumberingPlan;
import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.core.verification.Sighting;
import dev.carillon.server.directory.AccountView;
import dev.carillon.server.lookup.paid.KnownAnswer;
import dev.carillon.server.lookup.paid.TestProviders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DataFolderTest {
    private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final AccountView ACCOUNT = new AccountView(
            new Account(new UUID(1, 2), "Acme", false, Policy.STANDARD, NOW),
            List.of(),
            List.of(),
            List.of(),
            List.of());

    @TempDir
    private Path folder;

    private static PhoneNumber number(String text) {
        return NumberingPlan.parse(text).asOptional().orElseThrow();
    }

    private DataFolder data() {
        return new DataFolder(folder, CLOCK);
    }

    private DataFolder.Version imported(DataKind kind, String text) throws IOException {
        return data().importFile(kind, file(text), false);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("file"), text);
    }

    private NumberFacts facts(String number) {
        return new LocalNumbers(NumberData.with(data()))
                .of(
                        number(number),
                        Optional.empty(),
                        KnownAnswer.NONE,
                        LocalDate.ofInstant(CLOCK.instant(), ZoneOffset.UTC));
    }

    @Test
    void thereIsNothingAtFirst() {
        assertThat(data().list()).isEmpty();
        assertThat(facts("+33612345678").mnc()).contains("10");
        assertThatThrownBy(() -> data().rollBack(DataKind.PORTED)).isInstanceOf(DataException.class);
    }

    @Test
    void portedNumbersAreServedByAnother() throws IOException {
        imported(DataKind.PORTED, "# number,network\n+33612345678, 20801\n33612345679;20815\n\n");

        NumberFacts facts = facts("+33612345678");
        assertThat(facts.mnc()).contains("01");
        assertThat(facts.carrier()).contains("Orange France");
        assertThat(facts.ported()).contains(true);
        assertThat(facts("+33612345680").ported()).isEmpty();
    }

    @Test
    void readsListsOfDisposableNumbers() throws IOException {
        imported(DataKind.DISPOSABLE, "+33612345678\n+12025550123\n");
        assertThat(facts("+33612345678").temporary()).contains(true);

        imported(DataKind.DISPOSABLE, "{\"33612345677\":\"2026-11-01\",\"447400123456\":\"2020-01-01\",\"x\":\"y\"}");
        assertThat(facts("+33612345677").temporary()).contains(true);
        assertThat(facts("+33612345678").temporary()).isEmpty();
        assertThat(facts("+447400123456").temporary()).isEmpty();
    }

    @Test
    void readsMccMncList() throws IOException {
        imported(DataKind.NETWORKS, """
                [{"type":"National","countryName":"Guam","countryCode":"GU","mcc":"310","mnc":"140","brand":"GTA","operator":"GTA Wireless"},
                 {"type":"Test","countryName":null,"countryCode":null,"mcc":"001","mnc":"01","brand":"TEST","operator":null}]
                """);
        assertThat(NumberData.with(data())
                        .operators()
                        .of("GU", new Network("310140"))
                        .orElseThrow()
                        .names())
                .containsExactlyInAnyOrder("GTA", "GTA Wireless");
        assertThat(data().list().getFirst().lines()).isEqualTo(1);
    }

    @Test
    void readsAndroidsCarrierList() throws IOException {
        imported(DataKind.NETWORKS, """
                carrier_id {
                  canonical_id: 1
                  carrier_name: "New One"
                  carrier_attribute {
                    mccmnc_tuple: "20877"
                    mccmnc_tuple: "20878"
                  }
                  carrier_attribute {
                    mccmnc_tuple: "20801"
                    spn: "guest"
                  }
                }
                """);
        assertThat(NumberData.with(data())
                        .operators()
                        .named("FR", "New One")
                        .orElseThrow()
                        .networks())
                .containsExactly(new Network("20877"), new Network("20878"));
    }

    @Test
    void goesBackAndForth() throws IOException {
        imported(DataKind.PORTED, "+33612345678,20801");
        imported(DataKind.PORTED, "+33612345678,20815");
        assertThat(facts("+33612345678").mnc()).contains("15");

        assertThat(data().rollBack(DataKind.PORTED).number()).isEqualTo(1);
        assertThat(facts("+33612345678").mnc()).contains("01");

        assertThat(imported(DataKind.PORTED, "+33612345678,20820").number()).isEqualTo(3);
        assertThat(data().list()).extracting(DataFolder.Version::current).containsExactly(false, false, true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# only a comment", "+33612345678", "+0,20801", "+33612345678,1", "x,20801"})
    void refusesWhatIsWrongAndChangesNothing(String text) throws IOException {
        imported(DataKind.PORTED, "+33612345678,20801");
        Path file = file(text);

        assertThatThrownBy(() -> data().importFile(DataKind.PORTED, file, false))
                .isInstanceOf(DataException.class)
                .hasMessageNotContaining("3361234");
        assertThat(data().inUse()).isEqualTo(List.of(0, 0, 1, 0));
    }

    @Test
    void refusesWhatLostMostOfItsEntriesUnlessForced() throws IOException {
        imported(DataKind.PORTED, "+33612345678,20801\n+33612345679,20801\n+33612345680,20801");
        Path file = file("+33612345678,20801");

        assertThatThrownBy(() -> data().importFile(DataKind.PORTED, file, false))
                .isInstanceOf(DataException.class);
        assertThat(data().importFile(DataKind.PORTED, file, true).number()).isEqualTo(2);
    }

    @Test
    void aRunningServerTakesWhatIsImported() throws IOException {
        Lookup lookup = Lookup.with(data(), ServingNetworks.NONE, TestProviders.none(), CLOCK);
        assertThat(lookup.of(ACCOUNT, number("+33612345678"), false).mnc()).contains("10");

        imported(DataKind.PORTED, "+33612345678,20801");
        lookup.reload();
        assertThat(lookup.of(ACCOUNT, number("+33612345678"), false).mnc()).contains("01");
    }

    @Test
    void whatIsDamagedStopsNoServer() throws IOException {
        imported(DataKind.PORTED, "+33612345678,20801");
        Files.writeString(folder.resolve("lookup/ported/1.gz"), "no archive");

        Lookup lookup = Lookup.with(data(), ServingNetworks.NONE, TestProviders.none(), CLOCK);
        assertThat(lookup.of(ACCOUNT, number("+33612345678"), false).mnc()).contains("10");
    }

    @Test
    void aReceiptGoesBeforeWhatWasImported() throws IOException {
        imported(DataKind.PORTED, "+33612345678,20801");
        ServingNetworks receipts =
                (account, number) -> Optional.of(new Sighting(new Network("20815"), CLOCK.instant()));

        assertThat(Lookup.with(data(), receipts, TestProviders.none(), CLOCK)
                        .of(ACCOUNT, number("+33612345678"), false)
                        .mnc())
                .contains("15");
    }

    private Path archive(String... files) throws IOException {
        Path file = folder.resolve("metadata.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < files.length; i += 2) {
                zip.putNextEntry(new ZipEntry(files[i]));
                zip.write(files[i + 1].getBytes(UTF_8));
            }
        }
        return file;
    }

    @Test
    void rangesOfLibphonenumbersArchiveGoBeforeThoseOfTheProgram() throws IOException {
        Path file = archive(
                "metadata/33/ranges.csv",
                """
                Prefix         ; Length ; Type       ; Tariff        ; Operator  ; Format            ; Regions ; Comment
                10[0-589]      ; 9      ; FIXED_LINE ; STANDARD_RATE ; "orange"  ; "fmt_1/2/2/2/2"   ; "FR"    ; "A; B"
                6[0-35]        ; 9      ; MOBILE     ; STANDARD_RATE ; "orange"  ; "fmt_1/2/2/2/2"   ; "FR"
                612[0-24x]     ; 9      ; MOBILE     ; STANDARD_RATE ;           ; "fmt_1/2/2/2/2"   ; "FR"
                6127           ; 9      ; MOBILE     ; STANDARD_RATE ; "bouygues"; "fmt_1/2/2/2/2"   ; "FR"
                """.replace("[0-24x]", "[0-24]x"),
                "metadata/33/operators.csv",
                """
                Id       ; Name:en
                orange   ; "Orange"
                bouygues ; "Bouygues Telecom"
                """,
                "metadata/371/ranges.csv",
                "Prefix ; Length ; Type\n2 ; 8 ; MOBILE\n");

        assertThat(data().importFile(DataKind.RANGES, file, false).lines()).isEqualTo(6);
        assertThat(facts("+33612345678").carrier()).contains("Orange");
        assertThat(facts("+33612345678").mnc()).contains("01");
        assertThat(facts("+33612745678").carrier()).contains("Bouygues Telecom");
        assertThat(facts("+33612745678").mnc()).contains("20");
        assertThat(facts("+33640000000").carrier()).as("of the program").isPresent();
        assertThat(facts("+33100123456").carrier()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"6[0-3", "6?", "", "xxxxxxxx", "6(1|2)"})
    void aRangeThatCannotBeReadIsNotTaken(String range) throws IOException {
        Path file = archive(
                "33/ranges.csv",
                "Prefix ; Type ; Operator\n" + range + " ; MOBILE ; \"o\"\n",
                "33/operators.csv",
                "Id ; Name:en\no ; \"O\"\n");

        assertThatThrownBy(() -> data().importFile(DataKind.RANGES, file, false))
                .isInstanceOf(DataException.class);
        assertThat(data().list()).isEmpty();
    }

    @Test
    void whatIsNoArchiveIsNotTaken() throws IOException {
        Path file = file("no archive");

        assertThatThrownBy(() -> data().importFile(DataKind.RANGES, file, false))
                .isInstanceOf(DataException.class);
    }
}
