namespace WixInbox.Fuzz;

/// <summary>Something that has to hold does not.</summary>
internal sealed class FuzzException(string what) : Exception(what);
