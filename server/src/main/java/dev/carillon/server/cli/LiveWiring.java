// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import dev.carillon.server.config.ServerConfig;

/** The real thing. */
final class LiveWiring implements Wiring {
    @Override
    public Administration administration(ServerConfig config) {
        throw new AdministrationException("the store is not part of this build yet");
    }

    @Override
    public Service service(ServerConfig config) {
        return new PlaceholderService(config);
    }
}
