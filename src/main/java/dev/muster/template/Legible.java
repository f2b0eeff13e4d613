package dev.muster.template;

/** Text that shows what is in it: what would be invisible, or would turn what stands around it, becomes a mark. */
public final class Legible {
    private static final int REPLACEMENT = 0xFFFD;

    private Legible() {}

    public static String of(String text) {
        return text.codePoints().allMatch(Legible::plain)
                ? text
                : text.codePoints()
                        .map(character -> plain(character) ? character : REPLACEMENT)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    private static boolean plain(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL -> character == '\n' || character == '\t';
            case Character.SURROGATE, Character.UNASSIGNED -> false;
            // Among these are those that let a text run backwards. The soft hyphen alone does what it says.
            case Character.FORMAT -> character == 0xAD;
            default -> true;
        };
    }
}
