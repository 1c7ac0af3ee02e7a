/// `twitter`: statuses with their users and entities. Names are those of the payload.
struct Timeline: Codable, Equatable {
  var statuses: [Status]
  var search_metadata: Metadata

  struct Metadata: Codable, Equatable {
    var completed_in: Double
    var max_id_str: String
    var query: String
    var count: Int
  }

  struct Status: Codable, Equatable {
    var metadata: ResultMetadata
    var created_at: String
    var id: Int
    var id_str: String
    var text: String
    var source: String
    var truncated: Bool
    var in_reply_to_status_id: Int?
    var in_reply_to_screen_name: String?
    var user: Author
    var geo: Point?
    var coordinates: Point?
    var retweet_count: Int
    var favorite_count: Int
    var entities: Entities
    var favorited: Bool
    var retweeted: Bool
    var lang: String
  }

  struct ResultMetadata: Codable, Equatable {
    var result_type: String
    var iso_language_code: String
  }

  struct Point: Codable, Equatable {
    var type: String
    var coordinates: [Double]
  }

  struct Author: Codable, Equatable {
    var id: Int
    var id_str: String
    var name: String
    var screen_name: String
    var location: String
    var description: String
    var url: String?
    var protected: Bool
    var followers_count: Int
    var friends_count: Int
    var listed_count: Int
    var created_at: String
    var favourites_count: Int
    var utc_offset: Int?
    var time_zone: String?
    var geo_enabled: Bool
    var verified: Bool
    var statuses_count: Int
    var lang: String
    var profile_background_color: String
    var profile_image_url_https: String
    var profile_text_color: String
    var default_profile: Bool
    var following: Bool
  }

  struct Entities: Codable, Equatable {
    var hashtags: [Hashtag]
    var symbols: [String]
    var urls: [Link]
    var user_mentions: [Mention]
  }

  struct Hashtag: Codable, Equatable {
    var text: String
    var indices: [Int]
  }

  struct Link: Codable, Equatable {
    var url: String
    var expanded_url: String
    var indices: [Int]
  }

  struct Mention: Codable, Equatable {
    var screen_name: String
    var name: String
    var id: Int
    var indices: [Int]
  }
}
