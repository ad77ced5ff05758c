// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.carillon.core.phone.Operators;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the forms that data comes in, told apart by how they begin. Lists of lines are taken whole or not at all, and a mistake is named by its line;
 * of collections in JSON and textpb, entries that name no network (test codes, blanks) are left out.
 *
 * @param today when a number was seen of which the list does not say so
 */
record DataForms(Operators known, LocalDate today) {
    /** What a server has to keep in memory: 12 bytes for each. */
    static final int MAX_ENTRIES = 1_000_000;

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern ATTRIBUTE =
            Pattern.compile("carrier_name:\\s*\"([^\"]*)\"|carrier_attribute\\s*\\{([^}]*)}");
    private static final Pattern TUPLE = Pattern.compile("mccmnc_tuple:\\s*\"([0-9]{5,6})\"");
    /** An attribute with any of these is a part of a network's customers: those of an operator without a network of its own. */
    private static final Pattern PART =
            Pattern.compile("(?:spn|imsi_prefix_xpattern|gid1|gid2|plmn|iccid_prefix|preferred_apn):");

    /**
     * The lines of a file, in the order of {@link DataKind}, numbers ascending.
     *
     * @throws DataException when the file is of no form that is known, or wrong in it
     */
    NavigableMap<String, String> read(DataKind kind, Path file) {
        try {
            if (kind == DataKind.RANGES) {
                return RangeArchive.read(file);
            }
            String text = Files.readString(file).strip();
            return bounded(
                    switch (kind) {
                        case NETWORKS -> text.startsWith("[") ? mccMncList(JSON.readTree(text)) : carrierList(text);
                        case DISPOSABLE ->
                            text.startsWith("{") ? numberList(JSON.readTree(text)) : disposableLines(text);
                        case PORTED -> portedLines(text);
                        case RANGES -> throw new IllegalArgumentException("an archive is no text");
                    });
        } catch (IOException e) {
            throw new DataException(file + " cannot be read as " + kind.word(), e);
        }
    }

    private static NavigableMap<String, String> bounded(NavigableMap<String, String> lines) {
        if (lines.size() > MAX_ENTRIES) {
            throw new DataException("there are " + lines.size() + " entries; at most " + MAX_ENTRIES + " are taken");
        }
        return lines;
    }

    /** mcc-mnc-list: an array of objects with countryCode, mcc, mnc, brand, operator. */
    private static NavigableMap<String, String> mccMncList(JsonNode list) {
        NavigableMap<String, NavigableSet<String>> names = new TreeMap<>();
        for (JsonNode entry : list) {
            String region = entry.path("countryCode").asText();
            String code = entry.path("mcc").asText() + entry.path("mnc").asText();
            for (String field : Set.of("brand", "operator")) {
                name(names, region, code, entry.path(field).asText(""));
            }
        }
        return joined(names);
    }

    /** Android's carrier_list.textpb, whose entries name no country: the code does. */
    private NavigableMap<String, String> carrierList(String text) {
        NavigableMap<String, NavigableSet<String>> names = new TreeMap<>();
        Matcher matcher = ATTRIBUTE.matcher(text);
        String name = "";
        while (matcher.find()) {
            if (matcher.group(1) != null) {
                name = matcher.group(1);
            } else if (!PART.matcher(matcher.group(2)).find()) {
                Matcher tuple = TUPLE.matcher(matcher.group(2));
                while (tuple.find()) {
                    String code = tuple.group(1);
                    for (String region : known.regions(code.substring(0, 3))) {
                        name(names, region, code, name);
                    }
                }
            }
        }
        return joined(names);
    }

    private static void name(
            NavigableMap<String, NavigableSet<String>> names, String region, String code, String name) {
        String clean = name.replaceAll("[;|\\s]+", " ").strip();
        if (!clean.isEmpty() && DataKind.NETWORKS.accepts(region + ";" + code + ";" + clean)) {
            names.computeIfAbsent(region + ";" + code, _ -> new TreeSet<>()).add(clean);
        }
    }

    private static NavigableMap<String, String> joined(NavigableMap<String, NavigableSet<String>> names) {
        NavigableMap<String, String> lines = new TreeMap<>();
        names.forEach((network, all) -> lines.put(network, String.join("|", all)));
        return lines;
    }

    /** iP1's number-list.json: the day when it was last seen by number. */
    private static NavigableMap<String, String> numberList(JsonNode list) {
        NavigableMap<String, String> lines = new TreeMap<>(DataFolder.ORDER);
        for (Map.Entry<String, JsonNode> entry : list.properties()) {
            String day = entry.getValue().asText();
            if (DataKind.DISPOSABLE.accepts(entry.getKey() + ";" + day) && isDay(day)) {
                lines.put(entry.getKey(), day);
            }
        }
        return lines;
    }

    /** Castle's list: a number on each line, or a number and a day. */
    private NavigableMap<String, String> disposableLines(String text) {
        return lines(DataKind.DISPOSABLE, text, today.toString());
    }

    /** {@code number,network}, a line each. */
    private NavigableMap<String, String> portedLines(String text) {
        return lines(DataKind.PORTED, text, "");
    }

    private static NavigableMap<String, String> lines(DataKind kind, String text, String standard) {
        NavigableMap<String, String> lines = new TreeMap<>(DataFolder.ORDER);
        int at = 0;
        for (String line : text.lines().toList()) {
            at++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] fields = line.strip().split("\\s*[,;]\\s*", 2);
            String number = fields[0].startsWith("+") ? fields[0].substring(1) : fields[0];
            String value = fields.length == 2 ? fields[1] : standard;
            if (!kind.accepts(number + ";" + value) || (kind == DataKind.DISPOSABLE && !isDay(value))) {
                // Without the line, which has a number in it.
                throw new DataException("line " + at + " is none of a list of " + kind.word() + " numbers");
            }
            lines.put(number, value);
        }
        return lines;
    }

    private static boolean isDay(String text) {
        try {
            return LocalDate.parse(text).getYear() > 0;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
