// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.phone;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Makes a {@link DigitTable} from its leaves to its root. States that tell the same become one, so that it is the smallest there is. */
final class DigitTableMaker {
    static final int DEAD = 0;
    static final int DIGITS = 10;

    private static final int MORE = 0x80;

    private final Map<String, Integer> words = new HashMap<>(Map.of("", DigitTable.NONE));
    private final List<String> texts = new ArrayList<>();
    private final Map<List<Integer>, Integer> states = new HashMap<>();
    private final List<List<Integer>> inOrder = new ArrayList<>();

    DigitTableMaker() {
        List<Integer> dead = new ArrayList<>(List.of(DigitTable.NONE));
        IntStream.range(0, DIGITS).forEach(_ -> dead.add(DEAD));
        states.put(List.copyOf(dead), DEAD);
    }

    /**
     * A state.
     *
     * @param word what the digits that lead to it mean; empty: nothing
     * @param next the states that the ten digits lead to
     */
    int state(String word, List<Integer> next) {
        List<Integer> state = new ArrayList<>(List.of(words.computeIfAbsent(word, this::add)));
        state.addAll(next);
        return states.computeIfAbsent(List.copyOf(state), fresh -> {
            inOrder.add(fresh);
            return inOrder.size();
        });
    }

    private int add(String word) {
        texts.add(word);
        return texts.size();
    }

    int size() {
        return inOrder.size();
    }

    /** The table, in the form that {@link DigitTable#read} reads, once its first state was made as the last one. */
    byte[] toBytes(int first) {
        if (first != inOrder.size() || first > Character.MAX_VALUE) {
            throw new IllegalStateException("the root is state " + first + " of " + inOrder.size());
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(out, texts.size());
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            write(out, bytes.length);
            out.writeBytes(bytes);
        }
        write(out, inOrder.size());
        for (int state = 1; state <= inOrder.size(); state++) {
            List<Integer> fields = inOrder.get(state - 1);
            write(out, fields.getFirst());
            for (int next : fields.subList(1, fields.size())) {
                write(out, next == DEAD ? 0 : state - next);
            }
        }
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, int value) {
        int left = value;
        while (left >= MORE) {
            out.write(left | MORE);
            left >>>= 7;
        }
        out.write(left);
    }
}
