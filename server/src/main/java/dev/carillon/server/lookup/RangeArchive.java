// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * libphonenumber's {@code metadata.zip}: for each calling code a table of ranges, {@code 229/ranges.csv}, and one of the operators that it names,
 * {@code 229/operators.csv}. Columns are told by their titles; ranges are written {@code 01[4-6]2}, with {@code x} for any digit.
 */
final class RangeArchive {
    private static final Pattern FILE = Pattern.compile("(?:.*/)?([1-9][0-9]{0,2})/(ranges|operators)\\.csv");
    private static final Pattern PLACE = Pattern.compile("([0-9x])|\\[([0-9-]+)]");
    private static final Set<String> MOBILE = Set.of("MOBILE", "FIXED_LINE_OR_MOBILE");
    private static final int MAX_LINE = 10_000;

    private final NavigableMap<String, String> lines = new TreeMap<>(DataFolder.ORDER);

    private RangeArchive() {}

    /**
     * The operator of each range that has one, by the digits that begin it.
     *
     * @throws DataException when a table is none
     */
    static NavigableMap<String, String> read(Path file) throws IOException {
        RangeArchive archive = new RangeArchive();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Map<String, Map<String, ZipEntry>> tables = new TreeMap<>();
            zip.stream().forEach(entry -> {
                Matcher matcher = FILE.matcher(entry.getName());
                if (matcher.matches()) {
                    tables.computeIfAbsent(matcher.group(1), _ -> new HashMap<>())
                            .put(matcher.group(2), entry);
                }
            });
            for (Map.Entry<String, Map<String, ZipEntry>> table : tables.entrySet()) {
                ZipEntry ranges = table.getValue().get("ranges");
                ZipEntry operators = table.getValue().get("operators");
                if (ranges != null && operators != null) {
                    archive.add(table.getKey(), rows(zip, ranges), names(rows(zip, operators)));
                }
            }
        }
        return archive.lines;
    }

    private void add(String callingCode, List<Map<String, String>> ranges, Map<String, String> names) {
        for (Map<String, String> range : ranges) {
            String name = names.get(range.getOrDefault("Operator", ""));
            if (name != null && MOBILE.contains(range.getOrDefault("Type", ""))) {
                for (String prefix : expanded(range.getOrDefault("Prefix", ""))) {
                    String line = callingCode + prefix + ";" + name;
                    if (DataKind.RANGES.accepts(line)) {
                        lines.put(callingCode + prefix, name);
                    }
                    if (lines.size() > DataForms.MAX_ENTRIES) {
                        throw new DataException("there are more than " + DataForms.MAX_ENTRIES + " ranges");
                    }
                }
            }
        }
    }

    private static Map<String, String> names(List<Map<String, String>> rows) {
        Map<String, String> names = new HashMap<>();
        for (Map<String, String> row : rows) {
            String name =
                    row.getOrDefault("Name:en", "").replaceAll("[;|\\s]+", " ").strip();
            if (!name.isEmpty()) {
                names.put(row.getOrDefault("Id", ""), name);
            }
        }
        return names;
    }

    /** All prefixes of digits that a range stands for. */
    private static List<String> expanded(String range) {
        List<String> prefixes = List.of("");
        Matcher matcher = PLACE.matcher(range);
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            String digits = matcher.group(1) == null
                    ? digits(matcher.group(2))
                    : matcher.group(1).replace("x", "0123456789");
            List<String> longer = new ArrayList<>();
            for (String prefix : prefixes) {
                digits.chars().forEach(digit -> longer.add(prefix + (char) digit));
            }
            if (longer.size() > MAX_LINE) {
                throw new DataException("a range stands for more than " + MAX_LINE + " prefixes");
            }
            prefixes = longer;
            end = matcher.end();
        }
        if (end != range.length() || range.isEmpty()) {
            throw new DataException("a range is not written as digits and [classes]");
        }
        return prefixes;
    }

    /** Of {@code 0-35-9}: {@code 012356789}. */
    private static String digits(String group) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < group.length(); i++) {
            boolean spans = i + 2 < group.length() && group.charAt(i + 1) == '-';
            char last = spans ? group.charAt(i + 2) : group.charAt(i);
            for (char digit = group.charAt(i); digit <= last; digit++) {
                digits.append(digit);
            }
            i += spans ? 2 : 0;
        }
        return digits.toString().replace("-", "");
    }

    /** The rows of a table, each by its columns' titles. The columns that matter come before those that may have a semicolon in them. */
    private static List<Map<String, String>> rows(ZipFile zip, ZipEntry entry) throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(zip.getInputStream(entry), UTF_8))) {
            List<String> titles = List.of();
            List<Map<String, String>> rows = new ArrayList<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.length() > MAX_LINE || rows.size() > DataForms.MAX_ENTRIES) {
                    throw new DataException(entry.getName() + " is too long");
                }
                List<String> fields = Arrays.stream(line.split(";", -1))
                        .map(RangeArchive::unquoted)
                        .toList();
                if (titles.isEmpty()) {
                    titles = fields;
                } else {
                    Map<String, String> row = new HashMap<>();
                    for (int i = 0; i < Math.min(titles.size(), fields.size()); i++) {
                        row.put(titles.get(i), fields.get(i));
                    }
                    rows.add(row);
                }
            }
            return rows;
        }
    }

    private static String unquoted(String field) {
        String text = field.strip();
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }
}
