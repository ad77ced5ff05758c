// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.account.NumberRules;
import dev.carillon.core.phone.LineType;
import dev.carillon.core.phone.Network;
import dev.carillon.core.phone.PhoneNumber;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which numbers an account sends codes to, by what is known of them without asking anybody. */
final class ObjectionTest {
    @TempDir
    private Path folder;

    private VerifyTestBench bench;

    @BeforeEach
    void open() {
        bench = new VerifyTestBench(folder);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private Optional<Objection> objection(LineType line) {
        return bench.verifications().objection(bench.view(), new PhoneNumber("+33612345678", "FR", line));
    }

    @ParameterizedTest
    @EnumSource(LineType.class)
    void codesGoToMobileAndVoipLinesAlone(LineType line) {
        boolean served = line == LineType.MOBILE || line == LineType.VOIP;

        assertThat(objection(line)).isEqualTo(served ? Optional.empty() : Optional.of(Objection.INVALID_LINE));
    }

    @ParameterizedTest
    @CsvSource({"MOBILE, true", "VOIP, false", "SATELLITE, true", "FIXED_LINE, false", "PREMIUM_RATE, false"})
    void anAccountMaySayOtherwise(LineType line, boolean served) {
        bench.numbers(new NumberRules(NumberRules.parse("mobile,satellite"), true, false));

        assertThat(objection(line).isEmpty()).isEqualTo(served);
    }

    @Test
    void throwAwayNumbersAreRefusedByWhoSaysSo() {
        bench.knowledge = new NumberKnowledge() {
            @Override
            public Optional<Network> network(PhoneNumber number, Optional<Network> seen) {
                return seen;
            }

            @Override
            public boolean isTemporary(PhoneNumber number) {
                return true;
            }
        };
        assertThat(objection(LineType.MOBILE)).isEmpty();

        bench.numbers(new NumberRules(NumberRules.STANDARD.lines(), false, false));
        assertThat(objection(LineType.MOBILE)).contains(Objection.INVALID_LINE);
    }
}
