using System.Text;
using ImovoSim.Vouchers;

namespace ImovoSim.Storage;

/// <summary>
/// The vouchers of one client in memory, by serial: numbers in rows, texts in a log of bytes, in segments of plain
/// arrays. A million vouchers as objects would cost twice the memory and a collector that walks them all.
/// </summary>
internal sealed class VoucherTable
{
    // Over 85,000 bytes a segment is allocated once and never copied; a sandbox of a test needs a few rows only.
    private const int RowsPerSegment = 4096;
    private const int BytesPerSegment = 1 << 17;
    private readonly List<Row[]> _rows = [new Row[4]];
    private readonly List<byte[]> _texts = [new byte[256]];
    private readonly List<string> _campaigns = [];
    private int _textEnd;

    public VoucherTable()
    {
    }

    private VoucherTable(VoucherTable other)
    {
        _rows = [.. other._rows.Select(segment => (Row[])segment.Clone())];
        (_texts, _campaigns, _textEnd, Count) = ([.. other._texts], [.. other._campaigns], other._textEnd, other.Count);
    }

    public long Count { get; private set; }

    public void Add(Voucher voucher)
    {
        var longest = LongestEncoding(voucher);
        Span<byte> text = longest <= 1024 ? stackalloc byte[longest] : new byte[longest];
        text = text[..Encode(voucher, text)];
        At(++Count) = new Row
        {
            Code = long.Parse(voucher.Code),
            Issued = voucher.IssuedAt.UtcTicks,
            Pence = voucher.Pence,
            Text = Append(text),
            TextLength = text.Length,
            Campaign = Intern(voucher.Campaign),
            CodeLength = (byte)voucher.Code.Length,
            PerReference = voucher.PerReference,
            Uncounted = voucher.Uncounted,
        };
        Update(voucher);
    }

    public void Update(Voucher voucher)
    {
        ref var row = ref At(voucher.Serial);
        row.Expires = voucher.ExpiresAt.UtcTicks;
        row.State = voucher.State;
        row.UsesLeft = (ushort)voucher.UsesLeft;
        row.Used = voucher.Used;
    }

    /// <summary>Whether a voucher is meant, without making one: what is asked of a list is asked of every row.</summary>
    public bool Means(VoucherQuery query, long serial)
    {
        ref var row = ref At(serial);
        if (query.State is { } state && row.State != state)
            return false;
        if (row.Expires < query.LastFrom.UtcTicks || row.Expires > query.LastTo.UtcTicks)
            return false;
        if (query.Campaign is not null && _campaigns[row.Campaign] != query.Campaign)
            return false;
        if (query.Reference is not { } reference)
            return true;
        var text = _texts[(int)(row.Text / BytesPerSegment)].AsSpan((int)(row.Text % BytesPerSegment), row.TextLength);
        return Read(ref text) == reference;
    }

    /// <summary>The same vouchers, and none of what changes afterwards. Texts are only ever added, so both go by the same.</summary>
    public VoucherTable Copy() => new(this);

    public Voucher? Find(long serial)
    {
        if (serial < 1 || serial > Count)
            return null;
        ref var row = ref At(serial);
        var text = _texts[(int)(row.Text / BytesPerSegment)].AsSpan((int)(row.Text % BytesPerSegment), row.TextLength);
        var reference = Read(ref text)!;
        var recipient = Read(ref text);
        var (name, address, postCode, tail) = (Read(ref text), Read(ref text), Read(ref text), Read(ref text));
        return new Voucher(
            serial, row.Code.ToString(new string('0', row.CodeLength)), _campaigns[row.Campaign], row.Pence,
            new DateTimeOffset(row.Issued, TimeSpan.Zero), new DateTimeOffset(row.Expires, TimeSpan.Zero), reference, recipient,
            name is null ? null : new IdBlock(name, address!, postCode!), tail, row.UsesLeft, row.Used, row.PerReference, row.State, row.Uncounted);
    }

    private static int LongestEncoding(Voucher voucher) => 6 * 5 + Encoding.UTF8.GetMaxByteCount(
        voucher.CustomerReference.Length + (voucher.DeliveryRecipient?.Length ?? 0) + (voucher.LinkTail?.Length ?? 0)
        + (voucher.Id is { } id ? id.CustomerName.Length + id.Address.Length + id.PostCode.Length : 0));

    private static int Encode(Voucher voucher, Span<byte> into)
    {
        var rest = into;
        Write(ref rest, voucher.CustomerReference);
        Write(ref rest, voucher.DeliveryRecipient);
        Write(ref rest, voucher.Id?.CustomerName);
        Write(ref rest, voucher.Id?.Address);
        Write(ref rest, voucher.Id?.PostCode);
        Write(ref rest, voucher.LinkTail);
        return into.Length - rest.Length;
    }

    // A text is its length plus one, seven bits a byte, and then itself; no text is 0.
    private static void Write(ref Span<byte> into, string? text)
    {
        var (length, at) = (text is null ? 0 : Encoding.UTF8.GetByteCount(text) + 1, 0);
        for (; length >= 0x80; length >>= 7)
            into[at++] = (byte)(length | 0x80);
        into[at++] = (byte)length;
        into = into[(at + Encoding.UTF8.GetBytes(text, into[at..]))..];
    }

    private static string? Read(ref Span<byte> text)
    {
        var (length, shift, at) = (0, 0, 0);
        do
        {
            length |= (text[at] & 0x7F) << shift;
            shift += 7;
        }
        while (text[at++] >= 0x80);
        var read = length == 0 ? null : Encoding.UTF8.GetString(text.Slice(at, length - 1));
        text = text[(at + Math.Max(length - 1, 0))..];
        return read;
    }

    private ref Row At(long serial)
    {
        var (segment, index) = ((int)((serial - 1) / RowsPerSegment), (int)((serial - 1) % RowsPerSegment));
        if (segment == _rows.Count)
            _rows.Add(new Row[RowsPerSegment]);
        if (index >= _rows[segment].Length)
        {
            var larger = _rows[segment];
            Array.Resize(ref larger, Math.Min(larger.Length * 4, RowsPerSegment));
            _rows[segment] = larger;
        }

        return ref _rows[segment][index];
    }

    private long Append(ReadOnlySpan<byte> text)
    {
        if (_textEnd + text.Length > BytesPerSegment)
        {
            _texts.Add(new byte[Math.Max(BytesPerSegment, text.Length)]);
            _textEnd = 0;
        }

        var last = _texts[^1];
        if (_textEnd + text.Length > last.Length)
        {
            Array.Resize(ref last, Math.Min(Math.Max(last.Length * 4, _textEnd + text.Length), BytesPerSegment));
            _texts[^1] = last;
        }

        text.CopyTo(last.AsSpan(_textEnd));
        _textEnd += text.Length;
        return (_texts.Count - 1L) * BytesPerSegment + _textEnd - text.Length;
    }

    private ushort Intern(string campaign)
    {
        var index = _campaigns.IndexOf(campaign);
        if (index >= 0)
            return (ushort)index;
        _campaigns.Add(campaign);
        return (ushort)(_campaigns.Count - 1);
    }

    private struct Row
    {
        public long Code, Issued, Expires, Pence, Text;
        public int TextLength;
        public ushort Campaign, UsesLeft;
        public byte CodeLength;
        public VoucherState State;
        public bool Used, PerReference, Uncounted;
    }
}
