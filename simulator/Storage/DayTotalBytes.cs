using System.Buffers.Binary;
using System.Collections.Immutable;
using ImovoSim.Clients;

namespace ImovoSim.Storage;

/// <summary>A client's totals by day in one column: they are read and written together, and there are few.</summary>
internal static class DayTotalBytes
{
    private const int Size = 12;

    public static byte[] Pack(ImmutableArray<DayTotal> totals)
    {
        var bytes = new byte[totals.Length * Size];
        for (var i = 0; i < totals.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i * Size), totals[i].Day.DayNumber);
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * Size + 4), totals[i].Pence);
        }

        return bytes;
    }

    public static ImmutableArray<DayTotal> Unpack(byte[] bytes)
    {
        var totals = ImmutableArray.CreateBuilder<DayTotal>(bytes.Length / Size);
        for (var at = 0; at < bytes.Length; at += Size)
            totals.Add(new DayTotal(
                DateOnly.FromDayNumber(BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at))), BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at + 4))));
        return totals.MoveToImmutable();
    }
}
