package dev.muster.app.demo;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** The documents of the sample company, as small but valid files. The same words and seed give the same bytes. */
final class Papers {
    private Papers() {}

    /** A PDF of one page with lines of text. */
    static byte[] letter(List<String> lines) {
        return pdf(text(lines), new byte[0], 0, 0);
    }

    /** A PDF of one page that looks as if a paper had been scanned: a grey noisy picture below the lines. */
    static byte[] scan(List<String> lines, int width, int height, long seed) {
        return pdf(text(lines) + "q 500 0 0 500 48 100 cm /Scan Do Q\n", noise(width * height, seed), width, height);
    }

    /** A PNG picture in grey: a gradient with some grain. */
    static byte[] picture(int side, long seed) {
        byte[] grain = noise(side * side, seed);
        ByteBuffer rows = ByteBuffer.allocate(side * (side + 1));
        for (int y = 0; y < side; y++) {
            rows.put((byte) 0);
            for (int x = 0; x < side; x++) {
                rows.put((byte) ((x + y) * 96 / side + (grain[y * side + x] & 7)));
            }
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        ByteBuffer header = ByteBuffer.allocate(13).putInt(side).putInt(side);
        // Eight bits of grey, and the only compression, filter and order of rows there is.
        header.put(new byte[] {8, 0, 0, 0, 0});
        chunk(png, "IHDR", header.array());
        chunk(png, "IDAT", deflated(rows.array()));
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] content) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 check = new CRC32();
        check.update(name);
        check.update(content);
        png.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
        png.writeBytes(name);
        png.writeBytes(content);
        png.writeBytes(ByteBuffer.allocate(4).putInt((int) check.getValue()).array());
    }

    private static String text(List<String> lines) {
        StringBuilder text = new StringBuilder("BT /F1 11 Tf 14 TL 56 780 Td\n");
        for (String line : lines) {
            text.append('(')
                    .append(line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)"))
                    .append(") Tj T*\n");
        }
        return text.append("ET\n").toString();
    }

    private static byte[] pdf(String page, byte[] picture, int width, int height) {
        byte[] drawing = page.getBytes(StandardCharsets.ISO_8859_1);
        byte[] pixels = deflated(picture);
        boolean scanned = picture.length > 0;
        List<byte[]> objects = new ArrayList<>();
        objects.add(ascii("<< /Type /Catalog /Pages 2 0 R >>"));
        objects.add(ascii("<< /Type /Pages /Kids [3 0 R] /Count 1 >>"));
        objects.add(
                ascii("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1"
                        + " 4 0 R >>" + (scanned ? " /XObject << /Scan 6 0 R >>" : "") + " >> >>"));
        objects.add(ascii("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"));
        objects.add(stream("", drawing));
        if (scanned) {
            objects.add(stream(
                    "/Type /XObject /Subtype /Image /Width " + width + " /Height " + height
                            + " /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode ",
                    pixels));
        }
        ByteArrayOutputStream pdf = new ByteArrayOutputStream();
        pdf.writeBytes(ascii("%PDF-1.4\n"));
        StringBuilder places = new StringBuilder("0000000000 65535 f \n");
        for (int i = 0; i < objects.size(); i++) {
            places.append(String.format("%010d 00000 n \n", pdf.size()));
            pdf.writeBytes(ascii((i + 1) + " 0 obj\n"));
            pdf.writeBytes(objects.get(i));
            pdf.writeBytes(ascii("\nendobj\n"));
        }
        int table = pdf.size();
        int size = objects.size() + 1;
        pdf.writeBytes(ascii("xref\n0 " + size + "\n" + places + "trailer\n<< /Size " + size
                + " /Root 1 0 R >>\nstartxref\n" + table + "\n%%EOF\n"));
        return pdf.toByteArray();
    }

    private static byte[] stream(String entries, byte[] content) {
        ByteArrayOutputStream object = new ByteArrayOutputStream();
        object.writeBytes(ascii("<< " + entries + "/Length " + content.length + " >>\nstream\n"));
        object.writeBytes(content);
        object.writeBytes(ascii("\nendstream"));
        return object.toByteArray();
    }

    private static byte[] noise(int length, long seed) {
        byte[] noise = new byte[length];
        new Random(seed).nextBytes(noise);
        return noise;
    }

    private static byte[] deflated(byte[] content) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            deflater.setInput(content);
            deflater.finish();
            ByteArrayOutputStream deflated = new ByteArrayOutputStream();
            byte[] buffer = new byte[8192];
            while (!deflater.finished()) {
                deflated.write(buffer, 0, deflater.deflate(buffer));
            }
            return deflated.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
