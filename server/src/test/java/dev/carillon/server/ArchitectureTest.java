// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.carillon.core.verification.Command;

/** Which part may know which: api, delivery, webhook, console, cli → verify → ledger → core. */
@AnalyzeClasses(packages = "dev.carillon", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ASSEMBLY = "dev.carillon.server.app..";
    private static final String SERVER = "dev.carillon.server..";
    private static final String LEDGER = "dev.carillon.server.ledger..";
    private static final String SECRET = "dev.carillon.server.secret..";
    private static final String DIRECTORY = "dev.carillon.server.directory..";
    private static final String VERIFY = "dev.carillon.server.verify..";
    private static final String DELIVERY = "dev.carillon.server.delivery..";
    /** No provider: keeps credentials for those that need it. */
    private static final String TOKENS = "dev.carillon.server.delivery.token..";

    private static final String LOOKUP = "dev.carillon.server.lookup..";
    private static final String CLI = "dev.carillon.server.cli..";
    private static final String WEBHOOK = "dev.carillon.server.webhook..";
    private static final String CONFIG = "dev.carillon.server.config..";
    private static final String API = "dev.carillon.server.api..";
    private static final String DING = "dev.carillon.server.api.ding..";
    private static final String DYNAMIC = "dev.carillon.server.api.dynamic..";
    private static final String USER = "dev.carillon.server.user..";
    private static final String CAPTCHA = "dev.carillon.server.captcha..";
    private static final String HTTP_CALLS = "dev.carillon.server.delivery.http..";

    @ArchTest
    static final ArchRule THE_CORE_KNOWS_NOTHING_OF_THE_SERVER = noClasses()
            .that()
            .resideInAPackage("dev.carillon.core..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(SERVER);

    @ArchTest
    static final ArchRule THE_LEDGER_KNOWS_ONLY_THE_CORE = knowsOnly(LEDGER);

    @ArchTest
    static final ArchRule SECRETS_KNOW_ONLY_THE_LEDGER = knowsOnly(SECRET, LEDGER);

    @ArchTest
    static final ArchRule THE_DIRECTORY_KNOWS_WHERE_IT_IS_KEPT = knowsOnly(DIRECTORY, LEDGER, SECRET);

    @ArchTest
    static final ArchRule VERIFY_KNOWS_NO_CONTRACT_AND_NO_CARRIER = knowsOnly(VERIFY, LEDGER, SECRET, DIRECTORY);

    @ArchTest
    static final ArchRule DELIVERY_KNOWS_NO_CONTRACT = knowsOnly(DELIVERY, LEDGER, SECRET, DIRECTORY, VERIFY);

    @ArchTest
    static final ArchRule WEBHOOKS_KNOW_NO_CONTRACT = knowsOnly(WEBHOOK, LEDGER, SECRET, DIRECTORY, VERIFY, CONFIG);

    @ArchTest
    static final ArchRule USERS_KNOW_NO_CONTRACT = knowsOnly(USER, LEDGER, SECRET, DIRECTORY);

    /** What a server makes at its start, {@code Tokens} among it, must not load the library of signatures. */
    @ArchTest
    static final ArchRule SIGNATURES_STAY_BEHIND_THREE_CLASSES = noClasses()
            .that()
            .doNotHaveSimpleName("SignedTokens")
            .and()
            .doNotHaveSimpleName("SigningKeys")
            .and()
            .doNotHaveSimpleName("Ed25519")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.nimbusds..");

    @ArchTest
    static final ArchRule CAPTCHAS_KNOW_NO_CONTRACT = knowsOnly(CAPTCHA, LEDGER, SECRET, DIRECTORY, HTTP_CALLS);

    @ArchTest
    static final ArchRule ONLY_ITS_OWN_PACKAGE_KNOWS_DYNAMIC = noClasses()
            .that()
            .resideOutsideOfPackages(DYNAMIC, ASSEMBLY)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(DYNAMIC);

    @ArchTest
    static final ArchRule DYNAMIC_KNOWS_NO_OTHER_CONTRACT = noClasses()
            .that()
            .resideInAPackage(DYNAMIC)
            .should()
            .dependOnClassesThat(resideInAnyPackage(DING, "dev.carillon.server.api.prelude.."));

    @ArchTest
    static final ArchRule LOOKUP_KNOWS_NO_CONTRACT =
            knowsOnly(LOOKUP, LEDGER, SECRET, DIRECTORY, VERIFY, "dev.carillon.server.delivery..");

    /** Whoever sends a message never waits for a provider of lookups. */
    @ArchTest
    static final ArchRule NOTHING_THAT_SENDS_ASKS_PAID_PROVIDERS = noClasses()
            .that()
            .resideInAnyPackage(VERIFY, DELIVERY, LEDGER)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(LOOKUP);

    @ArchTest
    static final ArchRule ONLY_ITS_OWN_PACKAGE_KNOWS_DING = noClasses()
            .that()
            .resideOutsideOfPackages(DING, CLI, ASSEMBLY)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(DING)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule DING_KNOWS_NO_OTHER_CONTRACT = noClasses()
            .that()
            .resideInAPackage(DING)
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage("dev.carillon.server.api.dynamic..", "dev.carillon.server.api.prelude.."))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule CONTRACTS_ASK_VERIFY_AND_NOT_THE_LEDGER_FOR_DECISIONS = noClasses()
            .that()
            .resideInAPackage(API)
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Command.class)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule NOTHING_BUT_THE_COMMAND_LINE_PRINTS =
            noClasses().that().resideOutsideOfPackage(CLI).should(ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule PARTS_HAVE_NO_CYCLES =
            slices().matching("dev.carillon.server.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule PARTS_OF_DELIVERY_HAVE_NO_CYCLES =
            slices().matching("dev.carillon.server.delivery.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule PROVIDERS_KNOW_THE_SEAM_AND_NO_OTHER_PART = noClasses()
            .that()
            .resideInAPackage("dev.carillon.server.delivery.*..")
            .and()
            .resideOutsideOfPackage(TOKENS)
            .should()
            .dependOnClassesThat(resideInAPackage(SERVER).and(not(resideInAPackage(DELIVERY))));

    @ArchTest
    static final ArchRule PROVIDERS_KNOW_NO_OTHER_PROVIDER = slices().matching("dev.carillon.server.delivery.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(alwaysTrue(), resideInAPackage("dev.carillon.server.delivery.http.."));

    /** Of the server's parts; everything knows the core, the JDK and libraries. */
    private static ArchRule knowsOnly(String part, String... others) {
        return noClasses()
                .that()
                .resideInAPackage(part)
                .should()
                .dependOnClassesThat(resideInAPackage(SERVER)
                        .and(not(resideInAPackage(part)))
                        .and(not(resideInAnyPackage(others))))
                .as(part + " knows no part of the server but " + String.join(", ", others));
    }
}
