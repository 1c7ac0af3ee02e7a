import StructuredCloneCodable

// What types write by hand that read and write themselves.

extension User: CloneObjectReadable, CloneObjectWritable {
  init(properties reader: inout CloneReader) throws {
    self.init(
      id: try reader.read("id"),
      name: try reader.read("name"),
      score: try reader.read("score"),
      active: try reader.read("active"),
      tags: try reader.read("tags"))
  }

  func writeProperties(to writer: inout CloneWriter) throws {
    try writer.write(id, as: "id")
    try writer.write(name, as: "name")
    try writer.write(score, as: "score")
    try writer.write(active, as: "active")
    try writer.write(tags, as: "tags")
  }
}

extension Call: CloneObjectReadable, CloneObjectWritable {
  init(properties reader: inout CloneReader) throws {
    self.init(
      id: try reader.read("id"),
      channel: try reader.read("channel"),
      args: try reader.read("args"))
  }

  func writeProperties(to writer: inout CloneWriter) throws {
    try writer.write(id, as: "id")
    try writer.write(channel, as: "channel")
    try writer.write(args, as: "args")
  }
}

extension Call.Document: CloneObjectReadable, CloneObjectWritable {
  init(properties reader: inout CloneReader) throws {
    self.init(
      path: try reader.read("path"),
      encoding: try reader.read("encoding"),
      revision: try reader.read("revision"),
      dirty: try reader.read("dirty"),
      selection: try reader.read("selection"))
  }

  func writeProperties(to writer: inout CloneWriter) throws {
    try writer.write(path, as: "path")
    try writer.write(encoding, as: "encoding")
    try writer.write(revision, as: "revision")
    try writer.write(dirty, as: "dirty")
    try writer.write(selection, as: "selection")
  }
}

extension Call.Options: CloneObjectReadable, CloneObjectWritable {
  init(properties reader: inout CloneReader) throws {
    self.init(
      silent: try reader.read("silent"),
      reason: try reader.read("reason"),
      elapsed: try reader.read("elapsed"))
  }

  func writeProperties(to writer: inout CloneWriter) throws {
    try writer.write(silent, as: "silent")
    try writer.write(reason, as: "reason")
    try writer.write(elapsed, as: "elapsed")
  }
}

extension Timeline: CloneObjectReadable, CloneObjectWritable {
  init(properties reader: inout CloneReader) throws {
    self.init(
      statuses: try reader.read("statuses"),
      search_metadata: try reader.read("search_metadata"))
  }

  func writeProperties(to writer: inout CloneWriter) throws {
    try writer.write(statuses, as: "statuses")
    try writer.write(search_metadata, as: "search_metadata")
  }
}

extension Timeline.Metadata: CloneObjectReadable, CloneObjectWritable {
  init(properties reader: inout CloneReader) throws {
    self.init(
      completed_in: try reader.read("completed_in"),
      max_id_str: try reader.read("max_id_str"),
      query: try reader.read("query"),
      count: try reader.read("count"))
  }

  func writeProperties(to writer: inout CloneWriter) throws {
    try writer.write(completed_in, as: "completed_in")
    try writer.write(max_id_str, as: "max_id_str")
    try writer.write(query, as: "query")
    try writer.write(count, as: "count")
  }
}

extension Timeline.Status: CloneObjectReadable, CloneObjectWritable {
  init(properties reader: inout CloneReader) throws {
    self.init(
      metadata: try reader.read("metadata"),
      created_at: try reader.read("created_at"),
      id: try reader.read("id"),
      id_str: try reader.read("id_str"),
      text: try reader.read("text"),
      source: try reader.read("source"),
      truncated: try reader.read("truncated"),
      in_reply_to_status_id: try reader.readIfPresent("in_reply_to_status_id"),
      in_reply_to_screen_name: try reader.readIfPresent("in_reply_to_screen_name"),
      user: try reader.read("user"),
      geo: try reader.readIfPresent("geo"),
      coordinates: try reader.readIfPresent("coordinates"),
      retweet_count: try reader.read("retweet_count"),
      favorite_count: try reader.read("favorite_count"),
      entities: try reader.read("entities"),
      favorited: try reader.read("favorited"),
      retweeted: try reader.read("retweeted"),
      lang: try reader.read("lang"))
  }

  func writeProperties(to writer: inout CloneWriter) throws {
    try writer.write(metadata, as: "metadata")
    try writer.write(created_at, as: "created_at")
    try writer.write(id, as: "id")
    try writer.write(id_str, as: "id_str")
    try writer.write(text, as: "text")
    try writer.write(source, as: "source")
    try writer.write(truncated, as: "truncated")
    try writer.writeIfPresent(in_reply_to_status_id, as: "in_reply_to_status_id")
    try writer.writeIfPresent(in_reply_to_screen_name, as: "in_reply_to_screen_name")
    try writer.write(user, as: "user")
    try writer.writeIfPresent(geo, as: "geo")
    try writer.writeIfPresent(coordinates, as: "coordinates")
    try writer.write(retweet_count, as: "retweet_count")
    try writer.write(favorite_count, as: "favorite_count")
    try writer.write(entities, as: "entities")
    try writer.write(favorited, as: "favorited")
    try writer.write(retweeted, as: "retweeted")
    try writer.write(lang, as: "lang")
  }
}

extension Timeline.ResultMetadata: CloneObjectReadable, CloneObjectWritable {
  init(properties reader: inout CloneReader) throws {
    self.init(
      result_type: try reader.read("result_type"),
      iso_language_code: try reader.read("iso_language_code"))
  }

  func writeProperties(to writer: inout CloneWriter) throws {
    try writer.write(result_type, as: "result_type")
    try writer.write(iso_language_code, as: "iso_language_code")
  }
}

extension Timeline.Point: CloneObjectReadable, CloneObjectWritable {
  init(properties reader: inout CloneReader) throws {
    self.init(
      type: try reader.read("type"),
      coordinates: try reader.read("coordinates"))
  }

  func writeProperties(to writer: inout CloneWriter) throws {
    try writer.write(type, as: "type")
    try writer.write(coordinates, as: "coordinates")
  }
}

extension Timeline.Author: CloneObjectReadable, CloneObjectWritable {
  init(properties reader: inout CloneReader) throws {
    self.init(
      id: try reader.read("id"),
      id_str: try reader.read("id_str"),
      name: try reader.read("name"),
      screen_name: try reader.read("screen_name"),
      location: try reader.read("location"),
      description: try reader.read("description"),
      url: try reader.readIfPresent("url"),
      protected: try reader.read("protected"),
      followers_count: try reader.read("followers_count"),
      friends_count: try reader.read("friends_count"),
      listed_count: try reader.read("listed_count"),
      created_at: try reader.read("created_at"),
      favourites_count: try reader.read("favourites_count"),
      utc_offset: try reader.readIfPresent("utc_offset"),
      time_zone: try reader.readIfPresent("time_zone"),
      geo_enabled: try reader.read("geo_enabled"),
      verified: try reader.read("verified"),
      statuses_count: try reader.read("statuses_count"),
      lang: try reader.read("lang"),
      profile_background_color: try reader.read("profile_background_color"),
      profile_image_url_https: try reader.read("profile_image_url_https"),
      profile_text_color: try reader.read("profile_text_color"),
      default_profile: try reader.read("default_profile"),
      following: try reader.read("following"))
  }

  func writeProperties(to writer: inout CloneWriter) throws {
    try writer.write(id, as: "id")
    try writer.write(id_str, as: "id_str")
    try writer.write(name, as: "name")
    try writer.write(screen_name, as: "screen_name")
    try writer.write(location, as: "location")
    try writer.write(description, as: "description")
    try writer.writeIfPresent(url, as: "url")
    try writer.write(protected, as: "protected")
    try writer.write(followers_count, as: "followers_count")
    try writer.write(friends_count, as: "friends_count")
    try writer.write(listed_count, as: "listed_count")
    try writer.write(created_at, as: "created_at")
    try writer.write(favourites_count, as: "favourites_count")
    try writer.writeIfPresent(utc_offset, as: "utc_offset")
    try writer.writeIfPresent(time_zone, as: "time_zone")
    try writer.write(geo_enabled, as: "geo_enabled")
    try writer.write(verified, as: "verified")
    try writer.write(statuses_count, as: "statuses_count")
    try writer.write(lang, as: "lang")
    try writer.write(profile_background_color, as: "profile_background_color")
    try writer.write(profile_image_url_https, as: "profile_image_url_https")
    try writer.write(profile_text_color, as: "profile_text_color")
    try writer.write(default_profile, as: "default_profile")
    try writer.write(following, as: "following")
  }
}

extension Timeline.Entities: CloneObjectReadable, CloneObjectWritable {
  init(properties reader: inout CloneReader) throws {
    self.init(
      hashtags: try reader.read("hashtags"),
      symbols: try reader.read("symbols"),
      urls: try reader.read("urls"),
      user_mentions: try reader.read("user_mentions"))
  }

  func writeProperties(to writer: inout CloneWriter) throws {
    try writer.write(hashtags, as: "hashtags")
    try writer.write(symbols, as: "symbols")
    try writer.write(urls, as: "urls")
    try writer.write(user_mentions, as: "user_mentions")
  }
}

extension Timeline.Hashtag: CloneObjectReadable, CloneObjectWritable {
  init(properties reader: inout CloneReader) throws {
    self.init(
      text: try reader.read("text"),
      indices: try reader.read("indices"))
  }

  func writeProperties(to writer: inout CloneWriter) throws {
    try writer.write(text, as: "text")
    try writer.write(indices, as: "indices")
  }
}

extension Timeline.Link: CloneObjectReadable, CloneObjectWritable {
  init(properties reader: inout CloneReader) throws {
    self.init(
      url: try reader.read("url"),
      expanded_url: try reader.read("expanded_url"),
      indices: try reader.read("indices"))
  }

  func writeProperties(to writer: inout CloneWriter) throws {
    try writer.write(url, as: "url")
    try writer.write(expanded_url, as: "expanded_url")
    try writer.write(indices, as: "indices")
  }
}

extension Timeline.Mention: CloneObjectReadable, CloneObjectWritable {
  init(properties reader: inout CloneReader) throws {
    self.init(
      screen_name: try reader.read("screen_name"),
      name: try reader.read("name"),
      id: try reader.read("id"),
      indices: try reader.read("indices"))
  }

  func writeProperties(to writer: inout CloneWriter) throws {
    try writer.write(screen_name, as: "screen_name")
    try writer.write(name, as: "name")
    try writer.write(id, as: "id")
    try writer.write(indices, as: "indices")
  }
}

extension Call.Arguments: CloneReadable, CloneWritable {
  init(reading reader: inout CloneReader) throws {
    let count = try reader.beginArray()
    document = try reader.readElement(0)
    options = try reader.readElement(1)
    _ = try reader.readNilElement(2)
    try reader.endArray(count)
  }

  func write(to writer: inout CloneWriter) throws {
    try writer.beginArray(3)
    try document.write(to: &writer)
    try options.write(to: &writer)
    writer.writeNil()
    writer.endArray(3)
  }
}
