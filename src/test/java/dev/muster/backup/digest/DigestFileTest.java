package dev.muster.backup.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestFileTest {
    private static final String ONE = "1".repeat(32);
    private static final String TWO = "2a".repeat(16);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s",
                "%s\r\n",
                "\uFEFF%s\n",
                "%s  orders.dump\n",
                "%s *orders.dump\r\n",
                "%s *./orders.dump",
                "%s  /var/backups/orders.dump",
                "%s  C:\\backups\\orders.dump",
                "MD5 (orders.dump) = %s",
                "MD5(orders.dump)= %s",
                "%s  -",
                "%s  under-another-name.dump",
                "# made by the backup job\n\n%s  orders.dump\n",
            })
    void reads_the_digest_of_the_file_it_accompanies_in_each_form(String form) {
        assertThat(read(form.formatted(TWO.toUpperCase(Locale.ROOT))).ofItsOwn("orders.dump"))
                .containsExactly(TWO);
    }

    @Test
    void takes_the_line_that_names_the_file_when_there_are_several() {
        assertThat(read(ONE + "  other.dump\n" + TWO + "  orders.dump\n").ofItsOwn("orders.dump"))
                .containsExactly(TWO);
        assertThat(read(ONE + "  other.dump\n" + TWO + "  third.dump\n").ofItsOwn("orders.dump"))
                .isEmpty();
    }

    @Test
    void reads_of_a_list_only_the_lines_about_the_file_beside_it() {
        DigestFile list = read(ONE + "  orders.dump\r\n" + TWO + " *./customers.dump\n" + TWO + "  old/orders.dump\n"
                + TWO + "  /srv/stock.dump\n");
        assertThat(list.of("orders.dump")).containsExactly(ONE);
        assertThat(list.of("customers.dump")).containsExactly(TWO);
        assertThat(list.of("stock.dump")).containsExactly(TWO);
        assertThat(list.of("nothing.dump")).isEmpty();
        assertThat(read(ONE).of("orders.dump")).isEmpty();
    }

    @Test
    void names_every_digest_of_a_file_that_is_listed_twice() {
        assertThat(read(ONE + "  a\n" + TWO + "  a\n" + ONE + "  a\n").of("a")).containsExactly(ONE, TWO);
    }

    @Test
    void finds_no_digest_in_what_holds_none() {
        String hostile = "f".repeat(1_000_000);
        for (String content : new String[] {
            "", "\n\n", "<html>Sign in</html>", ONE.substring(1), ONE + "0", hostile, ONE + "  " + hostile, ONE + "x"
        }) {
            assertThat(read(content).ofItsOwn("orders.dump")).isEmpty();
        }
    }

    private static DigestFile read(String content) {
        return DigestFile.read(Algorithm.MD5, content.getBytes(StandardCharsets.UTF_8));
    }
}
