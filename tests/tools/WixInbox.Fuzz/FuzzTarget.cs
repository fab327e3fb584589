namespace WixInbox.Fuzz;

/// <summary>Code that reads what others have written, and what has to hold whatever that is.</summary>
internal abstract class FuzzTarget
{
    public abstract string Name { get; }

    /// <summary>Gets what means something to the code, for example the names of members.</summary>
    public abstract IReadOnlyList<string> Words { get; }

    /// <summary>Gets inputs as they are met.</summary>
    public abstract IEnumerable<byte[]> Seeds();

    /// <summary>Has the code read an input.</summary>
    /// <exception cref="Exception">Something that has to hold does not.</exception>
    public abstract void Run(byte[] input);

    /// <summary>Gets the files that the tests have for this target.</summary>
    protected IEnumerable<byte[]> SeedFiles() =>
        Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Seeds", Name)).Order(StringComparer.Ordinal)
            .Select(File.ReadAllBytes);

    /// <summary>Says that something has to hold.</summary>
    protected static void Hold(bool holds, string what)
    {
        if (!holds)
        {
            throw new FuzzException(what);
        }
    }
}
