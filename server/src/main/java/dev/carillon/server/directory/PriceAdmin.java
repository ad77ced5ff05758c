// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.directory;

import dev.carillon.core.balance.PriceList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** What an operator does to an account's prices. The rules of {@link DirectoryAdmin} hold here as well; each call is one transaction. */
public final class PriceAdmin {
    private final DirectoryAdmin directory;
    private final ListCodec codec;

    PriceAdmin(DirectoryAdmin directory, ListCodec codec) {
        this.directory = directory;
        this.codec = codec;
    }

    /** Empty when nothing has a price. */
    public Optional<PriceList> find(UUID account) {
        return read(directory.entries(account, ListKind.PRICES));
    }

    /**
     * Replaces the list by what {@code change} makes of it, which may be called more than once.
     *
     * @return the list as it is now
     */
    public Optional<PriceList> update(UUID account, UnaryOperator<Optional<PriceList>> change) {
        return directory.change(connection -> {
            DirectoryAdmin.find(connection, account);
            Optional<PriceList> after = change.apply(read(DirectoryAdmin.read(connection, account, ListKind.PRICES)));
            if (after.isPresent()) {
                int _ = directory.put(connection, codec.entry(account, after.get()));
            } else {
                int _ = directory.delete(connection, account, ListKind.PRICES, "");
            }
            return after;
        });
    }

    private Optional<PriceList> read(List<ListCodec.Entry> entries) {
        return entries.stream().map(codec::prices).findFirst();
    }
}
