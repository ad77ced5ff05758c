// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.carillon.core.account.AccountSender;
import dev.carillon.core.account.Countries;
import dev.carillon.core.message.AccountTemplate;
import dev.carillon.core.message.TemplateForm;
import dev.carillon.server.config.ConfigException;
import dev.carillon.server.config.YamlTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The YAML files that senders and templates are imported from and exported to. */
final class YamlFiles {
    static final String SENDERS = "senders";
    static final String TEMPLATES = "templates";
    /** Stands for stdin and stdout. */
    static final String STANDARD = "-";

    private static final int MAX_BYTES = 1 << 20;

    private YamlFiles() {}

    /** A file's tree, with the file's name for messages. */
    record Content(String file, Map<String, Object> tree) {}

    /**
     * Reads a file of at most 1 MiB.
     *
     * @throws AdministrationException when it cannot be read or is no YAML
     */
    static Content read(String file) {
        try (InputStream in = file.equals(STANDARD) ? System.in : Files.newInputStream(Path.of(file))) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new AdministrationException("the file " + file + " has more than " + MAX_BYTES + " bytes");
            }
            return new Content(file, YamlTree.parse(new String(bytes, StandardCharsets.UTF_8)));
        } catch (IOException | InvalidPathException e) {
            throw new AdministrationException("the file " + file + " cannot be read", e);
        } catch (ConfigException e) {
            throw new AdministrationException("the file " + file + ": " + e.getMessage(), e);
        }
    }

    /** {@code senders: {NAME: all, NAME: [DE, FR]}}. */
    static List<AccountSender> senders(Content content) {
        List<AccountSender> senders = new ArrayList<>();
        entries(content, SENDERS).forEach((name, value) -> {
            String countries = value instanceof Collection<?> list
                    ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
                    : String.valueOf(value);
            try {
                senders.add(new AccountSender(String.valueOf(name), Countries.parse(countries)));
            } catch (IllegalArgumentException e) {
                throw wrong(content, SENDERS, name, e);
            }
        });
        return senders;
    }

    /** {@code templates: {ID: …}}, each as {@link TemplateForm} has it. */
    static List<AccountTemplate> templates(Content content) {
        List<AccountTemplate> templates = new ArrayList<>();
        entries(content, TEMPLATES).forEach((id, value) -> {
            try {
                templates.add(TemplateForm.read(String.valueOf(id), value, TemplateForm.Unknown.REFUSED));
            } catch (IllegalArgumentException e) {
                throw wrong(content, TEMPLATES, id, e);
            }
        });
        return templates;
    }

    private static Map<?, ?> entries(Content content, String name) {
        for (String key : content.tree().keySet()) {
            if (!key.equals(name)) {
                throw new AdministrationException(
                        "the file " + content.file() + ": " + key + " is not known here; there is " + name);
            }
        }
        if (content.tree().get(name) instanceof Map<?, ?> entries) {
            return entries;
        }
        throw new AdministrationException("the file " + content.file() + " has no mapping " + name);
    }

    private static AdministrationException wrong(Content content, String list, Object name, Exception e) {
        return new AdministrationException(
                "the file " + content.file() + ": " + list + "." + name + ": " + e.getMessage(), e);
    }

    /** Writes maps, collections and texts; replaces the file. */
    static void write(String file, Map<String, ?> tree, PrintStream out) {
        String text = text(tree);
        if (file.equals(STANDARD)) {
            out.print(text);
            return;
        }
        try {
            Files.writeString(Path.of(file), text);
        } catch (IOException | InvalidPathException e) {
            throw new AdministrationException("the file " + file + " cannot be written", e);
        }
    }

    static String text(Map<String, ?> tree) {
        StringWriter text = new StringWriter();
        YAMLFactory yaml = YAMLFactory.builder()
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                .disable(YAMLGenerator.Feature.SPLIT_LINES)
                .build();
        try (JsonGenerator generator = yaml.createGenerator(text)) {
            Json.write(tree, generator);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
