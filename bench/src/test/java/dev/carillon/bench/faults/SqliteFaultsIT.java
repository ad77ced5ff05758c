// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.faults;

import java.util.List;

class SqliteFaultsIT extends FaultsIT {
    @Override
    List<String> store() {
        return List.of("--store", "sqlite");
    }

    @Override
    String others() {
        return "stall,torn-write,disk-full";
    }
}
