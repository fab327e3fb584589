namespace WixInbox;

/// <summary>A field of a form, with what was filled in.</summary>
public sealed class FormField : WixObject
{
    /// <summary>Gets or sets the field's name, at most 8,192 characters.</summary>
    public string? Name { get; set; }

    /// <summary>Gets or sets what was filled in, at most 8,192 characters.</summary>
    public string? Value { get; set; }

    /// <summary>Gets what a list, or a column of a CSV, shows of it.</summary>
    /// <returns>For example <c>Size: L</c>.</returns>
    public override string ToString() => $"{Name}: {Value}";
}
