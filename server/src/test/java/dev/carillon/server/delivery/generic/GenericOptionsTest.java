// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.generic;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.carillon.core.account.Countries;
import dev.carillon.core.message.Channel;
import dev.carillon.server.delivery.AttemptRef;
import dev.carillon.server.delivery.ConnectionContext;
import dev.carillon.server.delivery.ConnectionSettings;
import dev.carillon.server.delivery.NoTokens;
import dev.carillon.server.delivery.Options;
import dev.carillon.server.delivery.ReceiptListener;
import dev.carillon.server.delivery.TokenStore;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mistake in the settings is found at the start and named, not by the first message. */
class GenericOptionsTest {
    private static final String GOOD = "{url: 'https://a.example/', body: '{\"t\":\"{{to}}\",\"x\":\"{{text}}\"}'}";

    @Test
    void whatIsWholeOpens() {
        assertThatCode(() -> open(GOOD)).doesNotThrowAnyException();
        assertThatCode(() ->
                        open("{url: 'https://a.example', form: {a: '{{digits}} {{code}}'}, secrets: {k_env: KEY}}"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                             | url is missing
            {url: 'ftp://a.example/'}                                      | url must be an http or https URL
            {url: 'https://{{to}}.example/{{text}}'}                       | url must be an http or https URL
            {url: 'https://a.example{{to}}/{{text}}'}                      | url must be an http or https URL
            {url: 'https://u:p@a.example/{{to}}{{text}}'}                  | url must be an http or https URL
            {url: 'https://a.example/ {{to}}{{text}}'}                     | url is not a URL once
            {url: 'https://a.example/{{number}}'}                          | url has a variable {{number}}, but there are only
            {url: 'https://a.example/{{to'}                                | url has a variable that cannot be read: {{to
            {url: 'https://a.example/{{To}}'}                              | url has a variable that cannot be read: {{To}}
            {url: 'https://a.example/{{text}}'}                            | body must say who it is for
            {url: 'https://a.example/{{to}}'}                              | body must say something
            {url: 'https://a.example/{{to}}{{text}}', method: DELETE}      | method must be GET, POST or PUT
            {url: 'https://a.example/{{to}}', body: '{"x":{{text}}}'}      | body is not well-formed
            {url: 'https://a.example/{{to}}', body: '{"x":{{code}}}'}      | body is not well-formed
            {url: 'https://a.example/{{to}}', body: '{"x":"{{text}}"'}     | body is not well-formed
            {url: 'https://a.example/{{to}}', format: xml, body: '<x>{{text}}</y>'}          | body is not well-formed
            {url: 'https://a.example/{{to}}', format: xml, body: '<!DOCTYPE x><x>{{text}}</x>'} | body is not well-formed
            {url: 'https://a.example/{{to}}', format: yaml, body: '{{text}}'}                | format must be one of json, form, xml, text
            {url: 'https://a.example/{{to}}', body: '"{{text}}"', form: {a: b}}              | form and body cannot both be set
            {url: 'https://a.example/{{to}}{{text}}', headers: {'A B': c}}                   | headers.A B is not the name of a header
            {url: 'https://a.example/{{to}}{{text}}', headers: {A: '{{secret.k}}'}}          | headers.A has a variable {{secret.k}}
            {url: 'https://a.example/{{to}}{{text}}', secrets: {k_env: NONE}}                | secrets.k_env names the environment variable
            {url: 'https://a.example/{{to}}{{text}}', basic: {user: a}}                      | basic.password is missing
            {url: 'https://a.example/{{to}}{{text}}', accepted: {statuses: ok}}              | accepted.statuses must be HTTP statuses
            {url: 'https://a.example/{{to}}{{text}}', accepted: {body: '('}}                 | accepted.body is not a regular expression
            {url: 'https://a.example/{{to}}{{text}}', accepted: {id: {json: id}}}            | accepted.id.json is not a JSON pointer
            {url: 'https://a.example/{{to}}{{text}}', accepted: {id: {json: /a, regex: b}}}  | accepted.id must be one of
            {url: 'https://a.example/{{to}}{{text}}', accepted: {id: {}}}                    | accepted.id must be one of
            {url: 'https://a.example/{{to}}{{text}}', accepted: {ids: 1}}                    | accepted.ids is not known
            {url: 'https://a.example/{{to}}{{text}}', errors: {number: [a], fault: [a]}}     | errors.fault has the code a
            {url: 'https://a.example/{{to}}{{text}}', errors: {nmber: [a]}}                  | errors.nmber is not known
            {url: 'https://a.example/{{to}}{{text}}', receipt: {method: PUT}}                | receipt.method must be GET or POST
            {url: 'https://a.example/{{to}}{{text}}', receipt: {}}                           | receipt.status is missing
            {url: 'https://a.example/{{to}}{{text}}', receipt: {status: {field: s}}}         | receipt.statuses must say which word means delivered
            {url: 'https://a.example/{{to}}{{text}}', receipt: {status: {field: s}, statuses: {a: arrived}}}  | receipt.statuses.a must be one of
            {url: 'https://a.example/{{to}}{{text}}', receipt: {status: {field: s}, statuses: {a: delivered}, list: /l}} | receipt.list needs signature or token
            {url: 'https://a.example/{{to}}{{text}}', receipt: {status: {field: s}, statuses: {a: delivered}, id: {field: i}, token: {query: t, secret: x}}} | accepted.id is missing
            {url: 'https://a.example/{{to}}{{text}}', receipt: {method: GET, signature: {header: h, secret: x}}} | receipt.signature is over the body
            {url: 'https://a.example/{{to}}{{text}}', receipt: {signature: {header: h}}}     | receipt.signature.secret is missing
            {url: 'https://a.example/{{to}}{{text}}', receipt: {token: {secret: x}}}         | receipt.token.header or query must say
            """)
    void aMistakeIsNamed(String yaml, String message) {
        assertThatThrownBy(() -> open(yaml))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    private static void open(String yaml) throws JsonProcessingException {
        @SuppressWarnings("unchecked") // names of a mapping are texts
        Map<String, Object> values = new ObjectMapper(new YAMLFactory()).readValue(yaml, Map.class);
        Options options = new Options(values, name -> name.equals("KEY") ? Optional.of("k") : Optional.empty());
        ConnectionSettings settings = new ConnectionSettings(
                "gateway",
                "http",
                Set.of(Channel.SMS),
                Countries.ALL,
                Optional.empty(),
                Map.of(),
                List.of(),
                Optional.empty(),
                Duration.ofSeconds(5),
                options);
        new GenericKind(_ -> call -> {
                    throw new AssertionError("nothing is sent");
                })
                .open(settings, new Context())
                .close();
    }

    /** Is not asked for anything. */
    private static final class Context implements ConnectionContext {
        @Override
        public ReceiptListener receipts() {
            throw new AssertionError("not asked for");
        }

        @Override
        public Optional<URI> callback(String connection, AttemptRef ref) {
            return Optional.empty();
        }

        @Override
        public TokenStore tokens() {
            return new NoTokens();
        }

        @Override
        public InstantSource clock() {
            return InstantSource.system();
        }
    }
}
