package dev.muster.check.workflow;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.drill.CallExpectation;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class ExpectedTest {
    /** The digest of {@code content}, by sha1sum. */
    private static final String SHA1 = "040f06fd774092478d450774f5ba30c5da78acc8";

    @Test
    void bytes_are_what_was_expected_when_all_of_them_are() {
        assertThatCode(() -> digest("content")).doesNotThrowAnyException();
        assertThatThrownBy(() -> digest("Content"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("expected bytes with the SHA-1 " + SHA1 + ", got 7 bytes with ");
        assertThatThrownBy(() -> digest("content\n")).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> digest("")).isInstanceOf(Refused.class).hasMessageContaining("got 0 bytes");
    }

    private static void digest(String body) throws Refused {
        Memory memory = new Memory();
        memory.keep("known", JsonNodeFactory.instance.stringNode(SHA1));
        new Expected(
                        new CallExpectation(OptionalInt.of(200), Optional.empty(), Optional.of("{known}"), Map.of()),
                        memory)
                .compare(Reply.plain(200, body.getBytes(StandardCharsets.UTF_8)));
    }
}
