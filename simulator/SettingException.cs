namespace ImovoSim;

/// <summary>A setting that the program cannot start with; the message says what to set.</summary>
internal sealed class SettingException(string message) : Exception(message);
