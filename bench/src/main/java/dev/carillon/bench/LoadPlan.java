// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench;

import java.time.Duration;

/**
 * What a run does.
 *
 * @param pairsPerSecond the arrival rate of the open loop; 0 is the closed loop
 * @param timeout after which a request counts as failed; also how long the end of the run waits for what is under way
 */
record LoadPlan(
        Endpoint api,
        Endpoint admin,
        String apiKey,
        String customerUuid,
        Codes codes,
        int connections,
        double pairsPerSecond,
        Duration warmup,
        Duration duration,
        Duration timeout) {

    boolean isOpenLoop() {
        return pairsPerSecond > 0;
    }
}
