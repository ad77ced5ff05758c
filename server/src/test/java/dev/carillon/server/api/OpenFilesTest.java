// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OpenFilesTest {
    @Test
    void connectionsAreFewerThanOpenFiles() {
        List<String> limits = List.of(
                "Limit                     Soft Limit           Hard Limit           Units     ",
                "Max processes             95432                95432                processes ",
                "Max open files            4096                 524288               files     ");
        assertThat(OpenFiles.connections(10_000, limits)).isEqualTo(4096 - 512);
        assertThat(OpenFiles.connections(100, limits)).isEqualTo(100);
        assertThat(OpenFiles.connections(10_000, List.of("Max open files            256   256  files")))
                .isEqualTo(64);
        assertThat(OpenFiles.connections(10_000, List.of("Max open files            unlimited   unlimited  files")))
                .isEqualTo(10_000);
        assertThat(OpenFiles.connections(10_000, List.of())).isEqualTo(10_000);
    }
}
