package dev.muster.scratch.neighbour;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContainerTest {
    @Test
    void knows_the_limits_of_the_second_kind_of_control_groups() {
        Container container = Container.read(List.of(
                "path /usr/lib/postgresql/15/bin:/usr/bin",
                "postgres /usr/lib/postgresql/15/bin",
                "postgres /usr/lib/postgresql/15/bin",
                "memory 1073741824 ",
                "processors 150000 100000",
                "shared rw,nosuid,nodev,size=65536k,inode64"));

        assertThat(container.path()).isEqualTo("/usr/lib/postgresql/15/bin:/usr/bin");
        assertThat(container.postgres()).containsExactly(Path.of("/usr/lib/postgresql/15/bin"));
        assertThat(container.memory()).hasValue(1L << 30);
        assertThat(container.processors()).hasValue(2);
        assertThat(container.sharedMemory()).hasValue(64L << 20);
    }

    @Test
    void knows_that_there_are_none() {
        assertThat(Container.read(List.of("memory max ", "processors max 100000", "shared rw,relatime")))
                .satisfies(second -> {
                    assertThat(second.memory()).isEmpty();
                    assertThat(second.processors()).isEmpty();
                    assertThat(second.sharedMemory()).isEmpty();
                });
        assertThat(Container.read(List.of("memory 9223372036854771712 ", "processors -1  100000 ")))
                .satisfies(first -> {
                    assertThat(first.memory()).isEmpty();
                    assertThat(first.processors()).isEmpty();
                });
    }
}
