namespace ImovoSim.Contracts;

/// <summary>The conversation cannot go on, e.g. because the voucher that it is about was not issued.</summary>
internal sealed class EndsEarly(string why) : Exception(why);

/// <summary>A case cannot be held at this target after all; the message says why.</summary>
internal sealed class NotRun(string reason) : Exception(reason);
