using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ImovoSim.Pages;

/// <summary>What a till was told once: whose key it works with, and which terminal it is.</summary>
internal sealed record TillSession(string Key, string Outlet, string Terminal);

/// <summary>
/// Keeps a till's session in the browser, sealed, so that no page, no log and no other program can read the key out of
/// it, and nothing is kept here. The seal follows from the admin token where one is set, so that replicas share it.
/// </summary>
internal sealed class TillSessions(Settings settings)
{
    public const string Cookie = "imovo-till";
    public const string Field = "token";
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly byte[] _seal = settings.AdminToken is { } token ? SHA256.HashData(Encoding.UTF8.GetBytes($"till {token}")) : RandomNumberGenerator.GetBytes(32);

    public void Begin(HttpContext context, TillSession session) => context.Response.Cookies.Append(Cookie, Seal(session), Options(context));

    public static void End(HttpContext context) => context.Response.Cookies.Delete(Cookie, Options(context));

    public TillSession? Find(HttpContext context) => context.Request.Cookies[Cookie] is { } cookie ? Open(cookie) : null;

    /// <summary>What a form of this session carries, and a form of another site cannot know.</summary>
    public string FormToken(HttpContext context) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(_seal, Encoding.UTF8.GetBytes(context.Request.Cookies[Cookie] ?? "")));

    public bool IsOurForm(HttpContext context, IFormCollection form) => form[Field] is [{ } given]
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(FormToken(context)));

    // No end: it goes with the browser.
    private static CookieOptions Options(HttpContext context) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/till", Secure = context.Request.IsHttps, IsEssential = true };

    private string Seal(TillSession session)
    {
        var text = Encoding.UTF8.GetBytes($"{session.Key}\n{session.Outlet}\n{session.Terminal}");
        var box = new byte[NonceSize + TagSize + text.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceSize));
        using var aes = new AesGcm(_seal, TagSize);
        aes.Encrypt(box.AsSpan(0, NonceSize), text, box.AsSpan(NonceSize + TagSize), box.AsSpan(NonceSize, TagSize));
        return Base64Url.EncodeToString(box);
    }

    private TillSession? Open(string cookie)
    {
        try
        {
            var box = Base64Url.DecodeFromChars(cookie);
            if (box.Length <= NonceSize + TagSize)
                return null;
            var text = new byte[box.Length - NonceSize - TagSize];
            using var aes = new AesGcm(_seal, TagSize);
            aes.Decrypt(box.AsSpan(0, NonceSize), box.AsSpan(NonceSize + TagSize), box.AsSpan(NonceSize, TagSize), text);
            return Encoding.UTF8.GetString(text).Split('\n') is [var key, var outlet, var terminal] ? new TillSession(key, outlet, terminal) : null;
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return null;
        }
    }
}
