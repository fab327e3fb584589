namespace WixInbox.Sandbox;

/// <summary>
/// What is checked of a file before and during its upload, under the rule names that Wix documents. The sandbox has no
/// quota, so SITE_QUOTA_EXCEEDED never comes.
/// </summary>
internal static class MediaRules
{
    /// <summary>
    /// Reads what the import and the upload URL have in common. Labels and externalInfo have no known limits and are
    /// ignored.
    /// </summary>
    public static void ReadCommon(InputObject request)
    {
        _ = request.Text("parentFolderId", max: FieldLimits.ParentFolderId);
        _ = request.Text("filePath", max: FieldLimits.FilePath);
        _ = request.Flag("private");
    }

    public static void CheckFormat(string mimeType, string? fileName, Violations violations)
    {
        if (!FileFormats.IsSupported(mimeType, fileName))
        {
            violations.Add(
                "mimeType", ViolatedRule.Custom, "is not a supported format.", ruleName: "UNSUPPORTED_FILE_FORMAT");
        }
        else if (!FileFormats.Fits(mimeType, fileName))
        {
            violations.Add(
                "mimeType", ViolatedRule.Custom, "does not fit the file's name.", ruleName: "MISMATCH_MIME_TYPE");
        }
    }

    public static void CheckSize(long size, long limit, Violations violations)
    {
        if (size == 0)
        {
            violations.Add("sizeInBytes", ViolatedRule.Custom, "is 0.", ruleName: "ZERO_FILE_SIZE");
        }
        else if (size > limit)
        {
            violations.Add(
                "sizeInBytes",
                ViolatedRule.Custom,
                $"is {size}; the maximum is {limit}.",
                ruleName: "FILE_SIZE_OVER_LIMIT");
        }
    }
}
