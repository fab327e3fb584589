namespace WixInbox;

/// <summary>A form that was filled in: a title, a description, names with values, and media.</summary>
public sealed class FormContent : WixObject
{
    /// <summary>Gets or sets the title: 1 to 256 characters.</summary>
    public string? Title { get; set; }

    /// <summary>Gets or sets the description: 1 to 16,384 characters.</summary>
    public string? Description { get; set; }

    /// <summary>Gets or sets the fields: 1 to 15.</summary>
    public FormField[]? Fields { get; set; }

    /// <summary>Gets or sets the media: at most 15. Each shows as a message of its own.</summary>
    public MediaItem[]? Media { get; set; }

    /// <summary>Gets what a list, or a column of a CSV, shows of it.</summary>
    /// <returns>The title, or else the description or the fields.</returns>
    public override string ToString() => Title ?? Description ?? string.Join<FormField?>(", ", Fields ?? []);
}
