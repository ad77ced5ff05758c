// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.phone;

import com.google.i18n.phonenumbers.CountryCodeToRegionCodeMap;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonemetadata.PhoneMetadata;
import com.google.i18n.phonenumbers.Phonemetadata.PhoneMetadataCollection;
import com.google.i18n.phonenumbers.Phonemetadata.PhoneNumberDesc;
import com.google.i18n.phonenumbers.prefixmapper.PhonePrefixMap;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Makes the tables of {@link NumberingPlan} from what libphonenumber has. The same version gives the same bytes. */
final class PlanTables {
    private static final int MAX_DIGITS = 15;
    private static final String DATA = "data/PhoneNumberMetadataProto_";
    private static final String CARRIERS = "carrier/data/";

    /** Of the kinds whose patterns are looked at one after the other, before fixed and mobile lines. */
    private static final Map<PhoneNumberType, Function<PhoneMetadata, PhoneNumberDesc>> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put(PhoneNumberType.PREMIUM_RATE, PhoneMetadata::getPremiumRate);
        KINDS.put(PhoneNumberType.TOLL_FREE, PhoneMetadata::getTollFree);
        KINDS.put(PhoneNumberType.SHARED_COST, PhoneMetadata::getSharedCost);
        KINDS.put(PhoneNumberType.VOIP, PhoneMetadata::getVoip);
        KINDS.put(PhoneNumberType.PERSONAL_NUMBER, PhoneMetadata::getPersonalNumber);
        KINDS.put(PhoneNumberType.PAGER, PhoneMetadata::getPager);
        KINDS.put(PhoneNumberType.UAN, PhoneMetadata::getUan);
        KINDS.put(PhoneNumberType.VOICEMAIL, PhoneMetadata::getVoicemail);
        KINDS.put(PhoneNumberType.FIXED_LINE, PhoneMetadata::getFixedLine);
        KINDS.put(PhoneNumberType.MOBILE, PhoneMetadata::getMobile);
    }

    private PlanTables() {}

    /** Writes both tables to a directory. */
    public static void main(String[] args) throws IOException {
        write(Path.of(args[0], NumberingPlan.PLANS_TABLE), plans());
        write(Path.of(args[0], NumberingPlan.CARRIERS_TABLE), carriers());
    }

    private static void write(Path file, byte[] table) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(table);
        }
    }

    /** For every valid number its region and type, such as {@code FR MOBILE}. */
    static byte[] plans() throws IOException {
        DigitTableMaker table = new DigitTableMaker();
        NavigableMap<String, Integer> roots = new TreeMap<>();
        for (var code : new TreeMap<>(CountryCodeToRegionCodeMap.getCountryCodeToRegionCodeMap()).entrySet()) {
            List<Plan> plans = new ArrayList<>();
            for (String region : code.getValue()) {
                boolean isCountry = !region.equals(PhoneNumberUtil.REGION_CODE_FOR_NON_GEO_ENTITY);
                plans.add(Plan.of(
                        region,
                        metadata(isCountry ? region : code.getKey().toString()),
                        code.getValue().size() > 1));
            }
            String digits = code.getKey().toString();
            roots.put(digits, new Walk(table, MAX_DIGITS - digits.length()).state(plans, 0));
        }
        return table.toBytes(beginnings(table, roots, ""));
    }

    /** The operators of ranges in English. */
    static byte[] carriers() throws IOException {
        NavigableMap<String, String> names = new TreeMap<>();
        for (int code = 1; code < 2000; code++) {
            try (InputStream in = PhoneNumberUtil.class.getResourceAsStream(CARRIERS + code + "_en")) {
                if (in == null) {
                    continue;
                }
                PhonePrefixMap map = new PhonePrefixMap();
                map.readExternal(new ObjectInputStream(in));
                for (String line : map.toString().lines().toList()) {
                    String[] prefixAndName = line.split("\\|", 2);
                    if (!prefixAndName[0].startsWith(Integer.toString(code)) || prefixAndName[1].isEmpty()) {
                        throw new IOException("what does this mean: " + line);
                    }
                    names.put(prefixAndName[0], prefixAndName[1]);
                }
            }
        }
        DigitTableMaker table = new DigitTableMaker();
        return table.toBytes(prefixes(table, names, ""));
    }

    private static PhoneMetadata metadata(String region) throws IOException {
        try (InputStream in = Objects.requireNonNull(PhoneNumberUtil.class.getResourceAsStream(DATA + region))) {
            PhoneMetadataCollection all = new PhoneMetadataCollection();
            all.readExternal(new ObjectInputStream(in));
            return all.getMetadataList().getFirst();
        }
    }

    private static int beginnings(DigitTableMaker table, NavigableMap<String, Integer> roots, String digits) {
        return table.state("", digits(digit -> {
            String longer = digits + digit;
            Integer root = roots.get(longer);
            boolean isOpen = root == null && hasBeginning(roots, longer);
            return root != null ? root : isOpen ? beginnings(table, roots, longer) : DigitTableMaker.DEAD;
        }));
    }

    private static int prefixes(DigitTableMaker table, NavigableMap<String, String> names, String digits) {
        return table.state(names.getOrDefault(digits, ""), digits(digit -> {
            String longer = digits + digit;
            return hasBeginning(names, longer) ? prefixes(table, names, longer) : DigitTableMaker.DEAD;
        }));
    }

    private static boolean hasBeginning(NavigableMap<String, ?> map, String beginning) {
        String next = map.ceilingKey(beginning);
        return next != null && next.startsWith(beginning);
    }

    private static List<Integer> digits(IntFunction<Integer> state) {
        return IntStream.range(0, DigitTableMaker.DIGITS).mapToObj(state).toList();
    }

    /** A pattern, and the lengths that it is meant for; none: all. */
    private record Desc(DigitPattern pattern, List<Integer> lengths) {
        static Desc of(PhoneNumberDesc desc) {
            String pattern = desc.getNationalNumberPattern();
            return new Desc(
                    pattern.isEmpty() || pattern.equals("NA") ? DigitPattern.NOTHING : DigitPattern.parse(pattern),
                    List.copyOf(desc.getPossibleLengthList()));
        }

        boolean matches(int length) {
            return pattern.matchesEmpty() && (lengths.isEmpty() || lengths.contains(length));
        }

        Desc after(int digit) {
            return new Desc(pattern.after(digit), lengths);
        }

        boolean isDead() {
            return pattern == DigitPattern.NOTHING;
        }
    }

    /**
     * What is left of a region's plan after some digits.
     *
     * @param leading whose number it is, when the region goes by the first digits
     */
    private record Plan(
            String region, @Nullable DigitPattern leading, Desc general, List<Desc> kinds, boolean mobileIsFixed) {
        static Plan of(String region, PhoneMetadata metadata, boolean oneOfSeveral) {
            return new Plan(
                    region,
                    oneOfSeveral && metadata.hasLeadingDigits()
                            ? DigitPattern.parseBeginning(metadata.getLeadingDigits())
                            : null,
                    Desc.of(metadata.getGeneralDesc()),
                    KINDS.values().stream()
                            .map(kind -> Desc.of(kind.apply(metadata)))
                            .toList(),
                    metadata.getSameMobileAndFixedLinePattern());
        }

        Plan after(int digit) {
            return new Plan(
                    region,
                    leading == null ? null : leading.after(digit),
                    general.after(digit),
                    kinds.stream().map(kind -> kind.after(digit)).toList(),
                    mobileIsFixed);
        }

        /** Whether no more digits make it a number of this region. */
        boolean isDead() {
            return leading == DigitPattern.NOTHING
                    || (leading == null && (general.isDead() || kinds.stream().allMatch(Desc::isDead)));
        }

        /** As {@code getNumberTypeHelper} of libphonenumber. */
        PhoneNumberType type(int length) {
            if (!general.matches(length)) {
                return PhoneNumberType.UNKNOWN;
            }
            List<PhoneNumberType> types = List.copyOf(KINDS.keySet());
            int first = 0;
            while (first < types.size() && !kinds.get(first).matches(length)) {
                first++;
            }
            if (first == types.size()) {
                return PhoneNumberType.UNKNOWN;
            }
            PhoneNumberType type = types.get(first);
            return switch (type) {
                case FIXED_LINE ->
                    mobileIsFixed || kinds.getLast().matches(length) ? PhoneNumberType.FIXED_LINE_OR_MOBILE : type;
                case MOBILE -> mobileIsFixed ? PhoneNumberType.UNKNOWN : type;
                default -> type;
            };
        }
    }

    /** The states of one calling code. */
    private static final class Walk {
        private record Key(int length, List<Plan> plans) {}

        private final DigitTableMaker table;
        private final int longest;
        private final Map<Key, Integer> known = new HashMap<>();

        Walk(DigitTableMaker table, int longest) {
            this.table = table;
            this.longest = longest;
        }

        int state(Collection<Plan> plans, int length) {
            List<Plan> alive = plans.stream().filter(plan -> !plan.isDead()).toList();
            if (alive.isEmpty() || length > longest) {
                return DigitTableMaker.DEAD;
            }
            Key key = new Key(length, alive);
            Integer state = known.get(key);
            if (state == null) {
                state = table.state(
                        word(alive, length),
                        digits(digit -> state(
                                alive.stream().map(plan -> plan.after(digit)).toList(), length + 1)));
                known.put(key, state);
            }
            return state;
        }

        /** As {@code getRegionCodeForNumber} and {@code getNumberType} of libphonenumber: the first region whose number it is. */
        private static String word(List<Plan> plans, int length) {
            for (Plan plan : plans) {
                PhoneNumberType type = plan.type(length);
                DigitPattern leading = plan.leading();
                if (leading == null ? type != PhoneNumberType.UNKNOWN : leading.matchesEmpty()) {
                    return type == PhoneNumberType.UNKNOWN ? "" : plan.region() + " " + type;
                }
            }
            return "";
        }
    }
}
