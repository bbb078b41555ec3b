COPY Mood FROM (LOAD FROM $rows RETURN id, name, degree)
