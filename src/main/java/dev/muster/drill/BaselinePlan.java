package dev.muster.drill;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the baselines of a runbook's database lie, and how far a restored one may differ from them.
 *
 * @param prefix the folder in the vault that holds nothing else
 * @param database the address of the live database, which may refer to a secret
 * @param password the reference to its password, and never that password itself
 * @param tolerances by table, or by a pattern with {@code *} and {@code ?}
 */
public record BaselinePlan(
        String vault,
        String prefix,
        Optional<String> database,
        Optional<String> password,
        Map<String, Tolerance> tolerances) {
    public BaselinePlan {
        tolerances = Collections.unmodifiableMap(new LinkedHashMap<>(tolerances));
    }
}
