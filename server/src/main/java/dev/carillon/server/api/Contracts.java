// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The contracts of a port, each below a prefix of its own. Paths are compared as they were sent. */
public final class Contracts {
    private final ContractService rest;
    private final Map<String, ContractService> contracts = new LinkedHashMap<>();
    private Optional<LoadShedder> shedder = Optional.empty();

    /** @param rest answers what is below no contract's prefix */
    public Contracts(ContractService rest) {
        this.rest = rest;
    }

    /**
     * Adds a contract.
     *
     * @param prefix of whole segments, such as {@code /v1}
     */
    public Contracts with(String prefix, ContractService contract) {
        contracts.put(prefix, contract);
        return this;
    }

    /** Has creates, or whatever else there can be too much of, refused before they are parsed. */
    public Contracts shedding(LoadShedder shed) {
        shedder = Optional.of(shed);
        return this;
    }

    /** The answer to a request that begins with these bytes; null when it is to be served. */
    byte @Nullable [] refusal(byte[] bytes) {
        return shedder.isPresent() ? shedder.get().refusal(bytes) : null;
    }

    void handle(ServerRequest request, ServerResponse response) {
        find(request.prologue().uriPath().rawPath()).handle(request, response);
    }

    private ContractService find(String path) {
        for (Map.Entry<String, ContractService> contract : contracts.entrySet()) {
            String prefix = contract.getKey();
            if (path.startsWith(prefix) && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/')) {
                return contract.getValue();
            }
        }
        return rest;
    }
}
