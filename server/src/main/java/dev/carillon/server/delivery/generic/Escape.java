// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.generic;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.carillon.server.delivery.http.FormData;

/** How a value is written where a template puts it, so that it stays one value whatever is in it. */
public enum Escape {
    /** As it is: plain text, and values that are encoded later as a whole. */
    NONE {
        @Override
        String apply(String value) {
            return value;
        }
    },
    /** In a header: without the characters that would end it. */
    HEADER {
        @Override
        String apply(String value) {
            return value.replaceAll("\\p{Cntrl}", "");
        }
    },
    /** In a URL: everything but unreserved characters as {@code %xx} (RFC 3986 §2.3). */
    URL {
        @Override
        String apply(String value) {
            return FormData.encode(value)
                    .replace("+", "%20")
                    .replace("*", "%2A")
                    .replace("%7E", "~");
        }
    },
    /** In a form. */
    FORM {
        @Override
        String apply(String value) {
            return FormData.encode(value);
        }
    },
    /** Inside a JSON string; the quotes are the template's. */
    JSON {
        @Override
        String apply(String value) {
            return new String(JsonStringEncoder.getInstance().quoteAsString(value));
        }
    },
    /** In the text or a quoted attribute of XML 1.0, which has no way to write most control characters. */
    XML {
        @Override
        String apply(String value) {
            return value.replaceAll("[\\p{Cntrl}&&[^\\t\\n\\r]]", "")
                    .replace("&", "&amp;")
                    .replace("<", "&lt;")
                    .replace(">", "&gt;")
                    .replace("\"", "&quot;")
                    .replace("'", "&apos;");
        }
    };

    abstract String apply(String value);
}
