package dev.muster.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PapersTest {

    @Test
    void a_picture_can_be_read_as_one() throws Exception {
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(Papers.picture(64, 7)));
        assertThat(picture.getWidth()).isEqualTo(64);
        assertThat(picture.getHeight()).isEqualTo(64);
        assertThat(picture.getRaster().getSample(0, 0, 0))
                .isLessThan(picture.getRaster().getSample(63, 63, 0));
    }

    @Test
    void the_table_of_a_letter_points_to_its_objects() {
        assertPointsToObjects(Papers.letter(List.of("Invoice (copy) \\ 1")), 5);
        assertPointsToObjects(Papers.scan(List.of("Delivery note"), 90, 90, 7), 6);
    }

    @Test
    void the_same_words_give_the_same_bytes() {
        assertThat(Papers.scan(List.of("a"), 50, 50, 7)).isEqualTo(Papers.scan(List.of("a"), 50, 50, 7));
        assertThat(Papers.scan(List.of("a"), 50, 50, 7)).isNotEqualTo(Papers.scan(List.of("a"), 50, 50, 8));
    }

    private static void assertPointsToObjects(byte[] pdf, int objects) {
        String text = new String(pdf, StandardCharsets.ISO_8859_1);
        Matcher start = Pattern.compile("startxref\n(\\d+)\n%%EOF\n$").matcher(text);
        assertThat(start.find()).isTrue();
        assertThat(text.substring(Integer.parseInt(start.group(1)))).startsWith("xref\n");
        Matcher places = Pattern.compile("(\\d{10}) 00000 n ").matcher(text);
        int object = 0;
        while (places.find()) {
            object++;
            assertThat(text.substring(Integer.parseInt(places.group(1)))).startsWith(object + " 0 obj\n");
        }
        assertThat(object).isEqualTo(objects);
    }
}
