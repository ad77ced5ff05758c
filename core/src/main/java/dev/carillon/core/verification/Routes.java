// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import dev.carillon.core.phone.Network;
import dev.carillon.core.routing.Purpose;
import dev.carillon.core.routing.Route;
import dev.carillon.core.routing.RouteRequest;
import dev.carillon.core.routing.RoutingTable;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where messages can go. A function of its arguments and of a table that does not change under it, so that a decision made with
 * it can be made again.
 */
@FunctionalInterface
public interface Routes {
    /**
     * Plans the next message of a verification, given what its window has tried.
     *
     * @param network the network that the number was last seen in
     */
    Route plan(Verification verification, Optional<Network> network, Purpose purpose, Instant now);

    /**
     * By a table.
     *
     * @param request what a route depends on besides the table, the window and the network
     */
    static Routes of(RoutingTable table, Function<Verification, RouteRequest> request) {
        return (verification, network, purpose, now) ->
                table.plan(request.apply(verification).in(network), verification.tried(), purpose, now);
    }
}
