// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.app;

import dev.carillon.server.delivery.ConnectionKind;
import java.util.List;

/** The kinds of providers that this program knows. */
final class ConnectionKinds {
    static final List<ConnectionKind> ALL = List.of();

    private ConnectionKinds() {}
}
