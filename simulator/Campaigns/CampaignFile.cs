using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace ImovoSim.Campaigns;

/// <summary>The campaigns in force: the built-in set, or a file that is taken up again whenever it changes.</summary>
internal sealed partial class CampaignFile : IDisposable
{
    private readonly string? _path;
    private readonly PhysicalFileProvider? _folder;
    private readonly IDisposable? _watch;
    private readonly ILogger _log;
    private volatile CampaignSet _current;

    /// <exception cref="SettingException">The file cannot be read, or is wrong.</exception>
    public CampaignFile(string? path, ILogger<CampaignFile> log)
    {
        _log = log;
        if (path is null)
        {
            _current = BuiltIn();
            return;
        }

        _path = Path.GetFullPath(path);
        try
        {
            _current = CampaignReader.Read(File.ReadAllBytes(_path));
        }
        catch (CampaignsException e)
        {
            throw new SettingException($"CampaignsFile: {path}, {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"CampaignsFile: {path} cannot be read: {e.Message.TrimEnd('.')}. Set it to a file of campaigns, or leave it out.");
        }

        // Looked at every four seconds: a watcher would watch all that is below the folder, which can be somebody's whole home,
        // and sees no change of a file that is mounted into a container.
        _folder = new PhysicalFileProvider(Path.GetDirectoryName(_path)!) { UsePollingFileWatcher = true, UseActivePolling = true };
        _watch = ChangeToken.OnChange(() => _folder.Watch(Path.GetFileName(_path)), Reload);
    }

    public CampaignSet Current => _current;

    public static CampaignSet BuiltIn()
    {
        using var stream = typeof(CampaignFile).Assembly.GetManifestResourceStream("campaigns.json")!;
        var json = new byte[stream.Length];
        stream.ReadExactly(json);
        return CampaignReader.Read(json);
    }

    public void Dispose()
    {
        _watch?.Dispose();
        _folder?.Dispose();
    }

    private void Reload()
    {
        try
        {
            var campaigns = CampaignReader.Read(File.ReadAllBytes(_path!));
            _current = campaigns;
            Taken(_log, _path!, campaigns.All.Count);
        }
        catch (Exception e) when (e is CampaignsException or IOException or UnauthorizedAccessException)
        {
            Refused(_log, _path!, e.Message.TrimEnd('.'));
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Path} has changed: its {Count} campaigns are in force.")]
    private static partial void Taken(ILogger log, string path, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Path} has changed and is refused, {Why}. The campaigns from before stay in force.")]
    private static partial void Refused(ILogger log, string path, string why);
}
