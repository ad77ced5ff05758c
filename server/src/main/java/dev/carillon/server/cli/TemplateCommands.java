// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import dev.carillon.core.message.AccountTemplate;
import dev.carillon.core.message.TemplateForm;
import dev.carillon.core.message.TemplateIds;
import dev.carillon.server.cli.Administration.TemplateMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code template add|update|remove|list|show|import|export}. */
@Command(
        name = "template",
        description = "An account's own texts, which a request names by template_id. The one named default replaces the"
                + " texts that come with Carillon.")
final class TemplateCommands {
    private TemplateCommands() {}

    static CommandLine group(Context context) {
        return Commands.group(
                new TemplateCommands(),
                new Add(context),
                new Update(context),
                new Remove(context),
                new List_(context),
                new Show(context),
                new Import(context),
                new Export(context));
    }

    private static Map<String, Object> tree(AccountTemplate template) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", template.id());
        tree.putAll(TemplateForm.write(template));
        return tree;
    }

    private static Map<String, Object> file(List<AccountTemplate> templates) {
        Map<String, Object> byId = new LinkedHashMap<>();
        templates.forEach(template -> byId.put(template.id(), TemplateForm.write(template)));
        return Map.of(YamlFiles.TEMPLATES, byId);
    }

    private static String text(AccountTemplate template) {
        return String.format(
                Locale.ROOT,
                "%-16s  %s%s",
                template.id(),
                String.join(",", template.standard().texts().keySet()),
                template.countries().isEmpty()
                        ? ""
                        : "  (" + String.join(",", template.countries().keySet()) + ")");
    }

    private abstract static class Save extends OneAccountCommand {
        @Parameters(index = "1", paramLabel = "ID", description = "What template_id says: 1 to 64 letters, digits, ._-")
        private String id;

        @Option(
                names = "--text",
                paramLabel = "LOCALE=TEXT",
                description = "A text with {{code}} and, if you like, {{brand}}: --text 'en=Your {{brand}} code is"
                        + " {{code}}'. Repeatable.")
        private List<String> texts = new ArrayList<>();

        @Option(
                names = "--fallback",
                paramLabel = "LOCALE",
                description = "The locale when none fits. Default: en-US, or the only one.")
        private @Nullable String fallback;

        @Option(
                names = "--id",
                paramLabel = "NAME=VALUE",
                description = "An id under which providers know it, such as whatsapp_template=login. Repeatable.")
        private List<String> ids = new ArrayList<>();

        @Option(
                names = "--file",
                paramLabel = "FILE",
                description =
                        "A YAML file with the template in place of these options; texts by country can be given in"
                                + " a file only. - for stdin.")
        private @Nullable String file;

        private final TemplateMode mode;

        Save(Context context, TemplateMode mode) {
            super(context);
            this.mode = mode;
        }

        @Override
        Consumer<Administration> prepare(UUID owner) {
            boolean described = !texts.isEmpty() || fallback != null || !ids.isEmpty();
            if (described == (file != null)) {
                throw usage("say what it is, either by --text LOCALE=TEXT or by --file FILE; ids are "
                        + TemplateIds.names());
            }
            AccountTemplate template = read(
                    file == null ? "template" : "--file",
                    id,
                    name -> TemplateForm.read(
                            name,
                            file == null ? options() : YamlFiles.read(file).tree(),
                            TemplateForm.Unknown.REFUSED));
            return administration -> {
                List<String> warnings = administration.putTemplates(owner, List.of(template), mode);
                warnings.forEach(warning -> context().err().println("carillon: warning: " + warning));
                print(tree(template), text(template));
            };
        }

        private Map<String, Object> options() {
            Map<String, Object> tree = new LinkedHashMap<>();
            if (fallback != null) {
                tree.put("fallback", fallback);
            }
            tree.put("texts", readPairs("--text", texts));
            tree.put("ids", readPairs("--id", ids));
            return tree;
        }
    }

    @Command(
            name = "add",
            description = "Make a template. It must be fit to be sent; what had better be otherwise is a warning.")
    private static final class Add extends Save {
        Add(Context context) {
            super(context, TemplateMode.ADD);
        }
    }

    @Command(
            name = "update",
            description = "Replace a template. Messages of open windows that are still to be sent say the new text.")
    private static final class Update extends Save {
        Update(Context context) {
            super(context, TemplateMode.UPDATE);
        }
    }

    @Command(
            name = "remove",
            description = "Remove a template. Open windows that named it go on with Carillon's own texts.")
    private static final class Remove extends OneAccountCommand {
        @Parameters(index = "1", paramLabel = "ID", description = "The template.")
        private String id;

        Remove(Context context) {
            super(context);
        }

        @Override
        Consumer<Administration> prepare(UUID owner) {
            return administration -> {
                if (!administration.removeTemplate(owner, id)) {
                    throw new AdministrationException("the account " + owner + " has no template " + id);
                }
                print(Map.of("removed", id), "The template " + id + " is removed.");
            };
        }
    }

    @Command(name = "list", description = "The templates of an account: id, locales and countries.")
    private static final class List_ extends OneAccountCommand {
        List_(Context context) {
            super(context);
        }

        @Override
        Consumer<Administration> prepare(UUID owner) {
            return administration -> printAll(
                    administration.templates(owner),
                    TemplateCommands::tree,
                    TemplateCommands::text,
                    "No templates: messages say Carillon's own texts.");
        }
    }

    @Command(name = "show", description = "One template, as YAML.")
    private static final class Show extends OneAccountCommand {
        @Parameters(index = "1", paramLabel = "ID", description = "The template.")
        private String id;

        Show(Context context) {
            super(context);
        }

        @Override
        Consumer<Administration> prepare(UUID owner) {
            return administration -> {
                AccountTemplate template = administration.templates(owner).stream()
                        .filter(candidate -> candidate.id().equals(id))
                        .findFirst()
                        .orElseThrow(
                                () -> new AdministrationException("the account " + owner + " has no template " + id));
                print(tree(template), YamlFiles.text(TemplateForm.write(template)));
            };
        }
    }

    @Command(
            name = "import",
            description =
                    "Add or replace the templates of a YAML file, all or none; others stay. The file is what export writes.")
    private static final class Import extends OneAccountCommand {
        @Parameters(index = "1", paramLabel = "FILE", description = "The file; - for stdin.")
        private String file;

        Import(Context context) {
            super(context);
        }

        @Override
        Consumer<Administration> prepare(UUID owner) {
            List<AccountTemplate> templates = YamlFiles.templates(YamlFiles.read(file));
            return administration -> {
                List<String> warnings = administration.putTemplates(owner, templates, TemplateMode.ADD_OR_UPDATE);
                warnings.forEach(warning -> context().err().println("carillon: warning: " + warning));
                print(Map.of("imported", templates.size()), templates.size() + " templates are saved.");
            };
        }
    }

    @Command(name = "export", description = "Write all templates to a YAML file that import reads.")
    private static final class Export extends OneAccountCommand {
        @Parameters(index = "1", paramLabel = "FILE", description = "The file, which is replaced; - for stdout.")
        private String file;

        Export(Context context) {
            super(context);
        }

        @Override
        Consumer<Administration> prepare(UUID owner) {
            return administration -> {
                List<AccountTemplate> templates = administration.templates(owner);
                YamlFiles.write(file, file(templates), context().out());
                if (!file.equals(YamlFiles.STANDARD)) {
                    print(Map.of("exported", templates.size()), templates.size() + " templates are in " + file + ".");
                }
            };
        }
    }
}
