using System.Buffers.Binary;
using System.IO.Compression;
using ImovoSim.Pages;

namespace ImovoSim.Delivery;

/// <summary>A barcode as a PNG picture: one bit a pixel, all of its rows alike.</summary>
internal static class BarcodePng
{
    private const int PixelsPerModule = 3;
    private const int Height = 120;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    public static byte[] Of(string digits)
    {
        var (bars, modules) = Code128.Bars(digits);
        var width = modules * PixelsPerModule;
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Height);
        header[8] = 1; // one bit a pixel; what follows says greyscale, and the only ways there are to compress, filter and order it
        var png = new MemoryStream();
        png.Write(Signature);
        Chunk(png, "IHDR"u8, header);
        Chunk(png, "IDAT"u8, Rows(Row(bars, width)));
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    // A byte for the filter, which is none, and then a bit for each pixel, of which 1 is white.
    private static byte[] Row(IReadOnlyList<(int At, int Width)> bars, int width)
    {
        var row = new byte[1 + (width + 7) / 8];
        row.AsSpan(1).Fill(0xFF);
        foreach (var bar in bars)
        {
            for (var pixel = bar.At * PixelsPerModule; pixel < (bar.At + bar.Width) * PixelsPerModule; pixel++)
                row[1 + pixel / 8] &= (byte)~(0x80 >> (pixel % 8));
        }

        return row;
    }

    private static byte[] Rows(byte[] row)
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize))
        {
            for (var i = 0; i < Height; i++)
                zlib.Write(row);
        }

        return packed.ToArray();
    }

    private static void Chunk(MemoryStream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, type), data));
        png.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (var one in data)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : 0xEDB88320 ^ (crc >> 1);
        }

        return crc;
    }
}
