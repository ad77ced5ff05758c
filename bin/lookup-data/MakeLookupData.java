// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Makes the tables of numbers and networks that Carillon ships, see make.sh beside it. The same sources give the same bytes.
 *
 * <p>Arguments: {@code serviceproviders.xml number-list.json DIRECTORY}.
 */
public final class MakeLookupData {
    private static final Pattern DISPOSABLE = Pattern.compile("\"([1-9][0-9]{6,14})\"\\s*:\\s*\"([0-9-]{10})\"");

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[2]);
        Files.writeString(directory.resolve("networks.csv"), networks(Path.of(args[0])));
        Files.write(directory.resolve("disposable.bin.gz"), disposable(Files.readString(Path.of(args[1]))));
    }

    /** One line for each network of a region, with all names that its providers go by. */
    private static String networks(Path source) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        NodeList ids = factory.newDocumentBuilder().parse(source.toFile()).getElementsByTagName("network-id");
        NavigableMap<String, NavigableSet<String>> names = new TreeMap<>();
        for (int i = 0; i < ids.getLength(); i++) {
            Element id = (Element) ids.item(i);
            Element provider = ancestor(id, "provider");
            String region = ancestor(provider, "country").getAttribute("code").toUpperCase(Locale.ROOT);
            String code = id.getAttribute("mcc") + id.getAttribute("mnc");
            if (code.matches("[2-7][0-9]{4,5}")) {
                NodeList all = provider.getElementsByTagName("name");
                for (int j = 0; j < all.getLength(); j++) {
                    if (all.item(j).getParentNode() == provider) { // those of access points are inside these
                        names.computeIfAbsent(region + ";" + code, key -> new TreeSet<>())
                                .add(all.item(j).getTextContent().strip().replaceAll("[;|\\s]+", " "));
                    }
                }
            }
        }
        return """
                # SPDX-FileCopyrightText: The authors of mobile-broadband-provider-info
                # SPDX-License-Identifier: CC-PDDC
                #
                # Mobile networks: region, MCC and MNC, names. Made by bin/lookup-data/make.sh; do not edit.
                """
                + names.entrySet().stream()
                        .map(entry -> entry.getKey() + ";" + String.join("|", entry.getValue()) + "\n")
                        .collect(Collectors.joining());
    }

    private static Element ancestor(Element from, String name) {
        return from.getTagName().equals(name) ? from : ancestor((Element) from.getParentNode(), name);
    }

    /** Sorted numbers as differences, each followed by the day after 1970 when it was last seen; both as LEB128. */
    private static byte[] disposable(String json) throws IOException {
        NavigableMap<Long, Long> seen = new TreeMap<>();
        DISPOSABLE.matcher(json).results().forEach(entry -> seen.put(
                Long.valueOf(entry.group(1)), LocalDate.parse(entry.group(2)).toEpochDay()));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            write(out, seen.size());
            long last = 0;
            for (Map.Entry<Long, Long> entry : seen.entrySet()) {
                write(out, entry.getKey() - last);
                write(out, entry.getValue());
                last = entry.getKey();
            }
        }
        return bytes.toByteArray();
    }

    private static void write(OutputStream out, long value) throws IOException {
        long rest = value;
        while (rest > 0x7f) {
            out.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
