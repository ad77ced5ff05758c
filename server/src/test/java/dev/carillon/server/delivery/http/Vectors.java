// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Test data made by other implementations, kept beside the tests; each file says in {@code made_by} how it was made. */
public final class Vectors {
    private Vectors() {}

    /** The JSON file of this name in the package of the test. */
    public static JsonNode of(Class<?> test, String name) {
        try (InputStream in = test.getResourceAsStream(name)) {
            return JsonTree.read(Objects.requireNonNull(in, name).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
