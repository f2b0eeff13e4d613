package dev.muster.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whoever is called up is a tenant, or is named as what cannot be one. */
class RollTest {
    private static final List<String> HOSTILE = List.of(
            "../x",
            "a/../b",
            "a..b",
            "two words",
            "two\nlines",
            "${env:X}",
            "a'; drop table x; --",
            "\"quoted\"",
            "größe",
            "\u202etxt",
            "",
            " ",
            ".hidden",
            "-rf",
            "\u001b[31mred",
            "x".repeat(101),
            "y".repeat(100_000));

    @Test
    void ten_thousand_names_are_called_up_each_once_and_the_hostile_ones_are_named() {
        List<String> names = new ArrayList<>(HOSTILE);
        IntStream.range(0, 10_000).forEach(number -> names.add("tenant-" + number % 9_000));

        Roll roll = Roll.of(names);

        assertThat(roll.tenants()).hasSize(9_000).isSorted().doesNotContainAnyElementsOf(HOSTILE);
        assertThat(roll.duplicates()).isEqualTo(1_000);
        assertThat(roll.refused())
                .hasSize(HOSTILE.size())
                .allSatisfy(shown ->
                        assertThat(shown).matches("\"[\\x20-\\x7e]*\"…?").hasSizeLessThan(800));
    }

    @Test
    void usual_names_are_tenants() {
        assertThat(List.of("a", "7", "Acme.Corp", "acme_de-2", "x".repeat(100))).allMatch(Roll::sound);
    }
}
