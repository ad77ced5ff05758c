// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.faults;

class SqliteFaultsIT extends FaultsIT {
    @Override
    String[] store() {
        return new String[] {"--store", "sqlite", "--fault", "node,torn-write,disk-full"};
    }
}
