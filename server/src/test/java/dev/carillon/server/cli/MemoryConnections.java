// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Connections that answer what a test told them to. */
final class MemoryConnections implements Connections {
    final List<ConnectionInfo> infos = new ArrayList<>();
    final List<TestMessage> asked = new ArrayList<>();
    Sent sent = new Sent(ACCEPTED, Optional.empty(), Optional.empty(), "", "Acme", "sms", "123456");
    boolean open;

    @Override
    public List<ConnectionInfo> list(Duration patience) {
        return infos;
    }

    @Override
    public Sent send(TestMessage message, Duration patience) {
        asked.add(message);
        return sent;
    }

    @Override
    public void close() {
        open = false;
    }
}
