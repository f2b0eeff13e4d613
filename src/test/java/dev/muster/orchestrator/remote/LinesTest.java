package dev.muster.orchestrator.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LinesTest {
    private final AtomicInteger signs = new AtomicInteger();

    @Test
    void an_empty_line_is_a_sign_of_life_and_says_nothing() throws Exception {
        assertThat(heard("\n\none\n\ntwo\n\n")).containsExactly("one", "two");
        assertThat(signs).hasValue(6);
    }

    @Test
    void a_line_that_broke_off_was_not_said() throws Exception {
        assertThat(heard("whole\nhal")).containsExactly("whole");
        assertThat(signs).hasValue(1);
    }

    private List<String> heard(String said) throws Exception {
        Lines lines = new Lines(new StringReader(said), signs::incrementAndGet);
        List<String> heard = new ArrayList<>();
        for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
            heard.add(line.get());
        }
        return heard;
    }
}
