// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.account.Money;
import dev.carillon.core.message.Channel;
import dev.carillon.core.phone.Network;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceCsvTest {
    private static final String LIST = """
            # what Acme pays
            item,channel,country,network,price,charge
            verification,,,,0.009 EUR,
            verification,,DE,,0.012 EUR
            message,sms,FR,,0.045 EUR,price
            message,sms,FR,20801,0.041 EUR,

            message,whatsapp,,,0.02 EUR,cost
            message,,,,0.05 EUR,
            """;

    private final List<Channel> channels = List.of(Channel.SMS, Channel.WHATSAPP);

    @Test
    void theLineThatNamesMoreIsMeant() {
        PriceList list = PriceCsv.read(LIST);
        Terms france = list.terms("FR", channels, false).orElseThrow();
        Terms germany = list.terms("DE", channels, false).orElseThrow();

        assertThat(france.currency()).isEqualTo("EUR");
        assertThat(france.verification()).isEqualTo(9_000);
        assertThat(germany.verification()).isEqualTo(12_000);
        assertThat(price(france, Channel.SMS, "20801")).isEqualTo(41_000);
        assertThat(price(france, Channel.SMS, "20810")).isEqualTo(45_000);
        assertThat(price(germany, Channel.SMS, "26201")).isEqualTo(50_000);
        assertThat(price(germany, Channel.WHATSAPP, "26201")).isEqualTo(20_000);
    }

    @Test
    void atCostIsWhatTheOperatorPaysWhereThatIsKnown() {
        Terms terms = PriceCsv.read(LIST).terms("DE", channels, false).orElseThrow();
        assertThat(terms.message(Channel.WHATSAPP, Optional.empty(), Optional.of(new Money(17_000, "EUR"))))
                .isEqualTo(17_000);
        assertThat(terms.message(Channel.WHATSAPP, Optional.empty(), Optional.of(new Money(17_000, "USD"))))
                .as("in another currency")
                .isEqualTo(20_000);
        assertThat(terms.message(Channel.WHATSAPP, Optional.empty(), Optional.of(new Money(-1, "EUR"))))
                .isEqualTo(20_000);
        assertThat(terms.message(Channel.SMS, Optional.empty(), Optional.of(new Money(17_000, "EUR"))))
                .as("at its price")
                .isEqualTo(50_000);
    }

    @Test
    void whatHasNoPriceHasNoTerms() {
        PriceList list = PriceCsv.read("item,country,price\nmessage,FR,0.04 EUR\n");
        assertThat(list.terms("DE", channels, false)).isEmpty();
        assertThat(list.terms("", channels, false)).isEmpty();
        assertThat(list.terms("FR", channels, false)).isPresent();
    }

    @Test
    void writesWhatItReads() {
        PriceList list = PriceCsv.read(LIST);
        assertThat(PriceCsv.read(PriceCsv.write(list))).isEqualTo(list);
    }

    @Test
    void aLineTakesThePlaceOfTheOneAboutTheSame() {
        PriceList list = PriceCsv.read(LIST);
        PriceLine line = PriceCsv.line("message", "sms", "FR", "20801", 1, "");
        PriceList changed = list.with(line);
        assertThat(changed.lines()).hasSameSizeAs(list.lines()).contains(line);
    }

    @Test
    void readsWhatSpreadsheetsWrite() {
        PriceList list = PriceCsv.read("\ufeffPRICE,\"item\"\r\n\"0.05 EUR\",\"message\"\r\n");
        assertThat(list.lines()).containsExactly(PriceCsv.line("message", "", "", "", 50_000, ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "message,sms,FR,,0.05,|line 2: '0.05' is not a price, such as 0.0075 EUR",
                "message,sms,FR,,-1 EUR,|line 2: '-1 EUR' is not a price",
                "message,sms,FR,,0.0000001 EUR,|line 2: '0.0000001 EUR' is not a price",
                "message,sms,FR,,1000000.1 EUR,|line 2: a price must be 0 to 1000000",
                "message,pigeon,FR,,1 EUR,|line 2: channel: 'pigeon' is not one of sms",
                "message,sms,ZZ,,1 EUR,|line 2: 'ZZ' is not an ISO 3166-1",
                "message,sms,all,,1 EUR,|line 2: country: 'all' is not one country",
                "message,sms,FR,99,1 EUR,|line 2: a network is 5 or 6 digits",
                "letter,sms,FR,,1 EUR,|line 2: item: 'letter' is not verification or message",
                "message,sms,FR,,1 EUR,free|line 2: charge: 'free' is not price or cost",
                "message,sms,FR,,1 EUR,,x|line 2: there are 7 fields for 6 columns",
                "verification,sms,,,1 EUR,|line 2: the price of a verification goes by country alone",
                "verification,,,,1 EUR,cost|line 2: the price of a verification goes by country alone"
            })
    void tellsTheLineThatIsWrong(String line, String error) {
        assertThatThrownBy(() -> PriceCsv.read("item,channel,country,network,price,charge\n" + line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(error);
    }

    @Test
    void tellsAllThatIsWrong() {
        assertThatThrownBy(() -> PriceCsv.read("""
                        item,price
                        message,1 EUR
                        message,2 EUR
                        verification,1 USD
                        parcel,1 EUR
                        """)).hasMessage("""
                        line 3: a line before it is about the same
                        line 4: the price is in USD, those before it in EUR
                        line 5: item: 'parcel' is not verification or message""");
        assertThatThrownBy(() -> PriceCsv.read("item;price\nmessage;1 EUR"))
                .hasMessageStartingWith("line 1: the first line must name the columns");
        assertThatThrownBy(() -> PriceCsv.read("")).hasMessage("there is no line with a price");
    }

    @Test
    void aVerificationKeepsItsTermsSmall() {
        StringBuilder text = new StringBuilder("item,country,network,price\n");
        for (int i = 0; i <= PriceList.MAX_OF_COUNTRY; i++) {
            text.append("message,FR,208").append(100 + i).append(",1 EUR\n");
        }
        assertThatThrownBy(() -> PriceCsv.read(text.toString())).hasMessageContaining("more than 32 lines for FR");
    }

    private static long price(Terms terms, Channel channel, String network) {
        return terms.message(channel, Optional.of(new Network(network)), Optional.empty());
    }
}
