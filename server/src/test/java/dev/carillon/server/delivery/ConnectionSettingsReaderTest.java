// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.account.Countries;
import dev.carillon.core.account.Money;
import dev.carillon.core.message.Channel;
import dev.carillon.server.config.YamlTree;
import dev.carillon.server.delivery.ConnectionSettings.Price;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionSettingsReaderTest {
    private static final ConnectionSettingsReader READER = new ConnectionSettingsReader(List.of(
            new TestKind("smpp", Set.of(Channel.SMS)), new TestKind("multi", Set.of(Channel.SMS, Channel.WHATSAPP))));

    private static List<ConnectionSettings> read(String yaml) {
        return READER.read(YamlTree.parse(yaml), name -> Optional.of("the value of " + name));
    }

    @Test
    void whatIsNotSaidHasItsDefault() {
        ConnectionSettings settings = read("acme: {kind: multi}").getFirst();
        assertThat(settings.name()).isEqualTo("acme");
        assertThat(settings.kind()).isEqualTo("multi");
        assertThat(settings.channels()).containsExactlyInAnyOrder(Channel.SMS, Channel.WHATSAPP);
        assertThat(settings.countries()).isEqualTo(Countries.ALL);
        assertThat(settings.sender()).isEmpty();
        assertThat(settings.senders()).isEmpty();
        assertThat(settings.prices()).isEmpty();
        assertThat(settings.messagesPerSecond()).isEmpty();
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void everythingIsRead() {
        List<ConnectionSettings> all = read("""
                        zulu: {kind: smpp}
                        acme-1:
                          kind: multi
                          channels: [whatsapp]
                          countries: [DE, NO, fr]
                          sender: Acme
                          senders: {US: 12025550100, GB: "+447700900123"}
                          prices:
                            - {price: 0.0075 EUR}
                            - {country: FR, network: 20801, channel: whatsapp, price: 0.05 EUR}
                          messages_per_second: 30
                          timeout: 5s
                          options: {port: 2775, password_env: ACME_PASSWORD}
                        """);
        assertThat(all).extracting(ConnectionSettings::name).containsExactly("acme-1", "zulu");
        ConnectionSettings acme = all.getFirst();
        assertThat(acme.channels()).containsExactly(Channel.WHATSAPP);
        assertThat(acme.countries()).isEqualTo(Countries.parse("DE,FR,NO"));
        assertThat(acme.sender()).contains("Acme");
        assertThat(acme.senders()).isEqualTo(Map.of("US", "12025550100", "GB", "+447700900123"));
        assertThat(acme.prices())
                .containsExactly(
                        new Price(Optional.empty(), Optional.empty(), Optional.empty(), new Money(7_500, "EUR")),
                        new Price(
                                Optional.of(Channel.WHATSAPP),
                                Optional.of("FR"),
                                Optional.of("20801"),
                                new Money(50_000, "EUR")));
        assertThat(acme.messagesPerSecond()).contains(30);
        assertThat(acme.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(acme.options().secret("password").value()).isEqualTo("the value of ACME_PASSWORD");
        assertThat(acme.toString()).doesNotContain("the value of");
    }

    @Test
    void aKindsOwnOptionsAreNamedInFull() {
        ConnectionSettings settings =
                read("acme: {kind: smpp, options: {port: 99999, prot: 1}}").getFirst();
        assertThatThrownBy(() -> settings.options().integer("port", 2775, 1, 65_535))
                .hasMessage("connections.acme.options.port must be 1 to 65535");
        assertThatThrownBy(() -> settings.options().refuseUnknown())
                .hasMessage("connections.acme.options.prot is not known");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'Acme: {kind: smpp}' | connections.Acme must be named by 1 to 32 lower-case letters, digits and hyphens, the first no hyphen",
                "'acme: smpp' | connections.acme must be a mapping",
                "'acme: {}' | connections.acme.kind is missing",
                "'acme: {kind: smtp}' | connections.acme.kind 'smtp' is not known; must be one of multi, smpp",
                "'acme: {kind: My Secret}' | connections.acme.kind must be one of multi, smpp",
                "'acme: {kind: smpp, chanels: [sms]}' | connections.acme.chanels is not known",
                "'acme: {kind: smpp, channels: [whatsapp]}' | connections.acme.channels must be some of sms, which is what smpp can do",
                "'acme: {kind: smpp, channels: sms}' | connections.acme.channels must be a list of texts",
                "'acme: {kind: smpp, countries: [DE, XX]}' | connections.acme.countries 'XX' is not an ISO 3166-1 alpha-2 country code",
                "'acme: {kind: smpp, sender: much too long for it}' | connections.acme.sender must be 1 to 11 letters, digits, spaces or ._&- with at least one letter, or a number of at most 15 digits",
                "'acme: {kind: smpp, senders: {XX: Acme}}' | connections.acme.senders.XX 'XX' is not an ISO 3166-1 alpha-2 country code",
                "'acme: {kind: smpp, senders: {all: Acme}}' | connections.acme.senders.all must be one country, such as DE",
                "'acme: {kind: smpp, senders: {de: A, DE: B}}' | connections.acme.senders.de is there twice",
                "'acme: {kind: smpp, senders: {DE: _}}' | connections.acme.senders.DE must be 1 to 11 letters, digits, spaces or ._&- with at least one letter, or a number of at most 15 digits",
                "'acme: {kind: smpp, messages_per_second: 0}' | connections.acme.messages_per_second must be 1 to 100000",
                "'acme: {kind: smpp, messages_per_second: 0.5}' | connections.acme.messages_per_second must be a whole number",
                "'acme: {kind: smpp, timeout: 30s}' | connections.acme.timeout must be 1s to 25s",
                "'acme: {kind: smpp, prices: {price: 1 EUR}}' | connections.acme.prices must be a list of mappings",
                "'acme: {kind: smpp, prices: [1 EUR]}' | connections.acme.prices[1] must be a mapping",
                "'acme: {kind: smpp, prices: [{price: 1}]}' | connections.acme.prices[1].price must be an amount and a currency, such as 0.0075 EUR",
                "'acme: {kind: smpp, prices: [{price: -1 EUR}]}' | connections.acme.prices[1].price must be an amount and a currency, such as 0.0075 EUR",
                "'acme: {kind: smpp, prices: [{cost: 1 EUR, price: 1 EUR}]}' | connections.acme.prices[1].cost is not known",
                "'acme: {kind: smpp, prices: [{price: 1 EUR, network: 1}]}' | connections.acme.prices[1].network must be MCC and MNC, 5 or 6 digits, such as 20801",
                "'acme: {kind: smpp, prices: [{price: 1 EUR, channel: fax}]}' | connections.acme.prices[1].channel must be one of rcs, sms, telegram, viber, whatsapp, zalo",
                "'acme: {kind: smpp, prices: [{price: 1 EUR}, {price: 2 EUR}]}' | connections.acme.prices[2].price is the second one for the same channel, country and network",
            })
    void badSettingsAreRefusedByName(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .isEqualTo(message);
    }
}
